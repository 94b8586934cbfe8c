using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json.Nodes;
using StreamingJson.ToolCalls;

namespace StreamingJson.AspNetCore.Tests;

/// <summary>What an answer says, whatever wire it came over: two are compared.</summary>
internal sealed class Answer
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _reasoning = new();

    public string Text => _text.ToString();

    public string Reasoning => _reasoning.ToString();

    public List<AnswerCall> Calls { get; } = [];

    /// <summary>The text, item by item where several grow at once.</summary>
    public string TextByItem { get; private set; } = "";

    /// <summary>What the library says of a provider's stream: the events of one choice, or of all (<see langword="null"/>).</summary>
    public static Answer Expected(ModelStreamReader reader, byte[] content, int? choice = 0)
    {
        var answer = new Answer();
        Dictionary<ToolCall, AnswerCall> calls = [];
        Dictionary<MessageItem, StringBuilder> texts = [];
        reader.Append(content);
        reader.Complete();
        while (reader.TryRead(out ModelEvent next))
        {
            if (next.Choice != (choice ?? next.Choice))
            {
                continue;
            }

            switch (next.Kind)
            {
                case ModelEventKind.TextDelta or ModelEventKind.RefusalDelta:
                    answer._text.Append(next.GetText());
                    texts.TryAdd(next.Item!, new StringBuilder());
                    texts[next.Item!].Append(next.GetText());
                    break;
                case ModelEventKind.ReasoningDelta:
                    answer._reasoning.Append(next.GetText());
                    break;
                case ModelEventKind.ToolCallStarted:
                    answer.Calls.Add(calls[next.ToolCall!] = new AnswerCall());
                    break;
            }
        }

        foreach ((ToolCall source, AnswerCall call) in calls)
        {
            call.Name = source.Name;
            call.IsSafe = source.IsSafeToExecute || source.Reasons == UnsafeReasons.ProviderExecuted;
            call.Arguments = source.GetText();
        }

        answer.TextByItem = string.Concat(texts.Values);
        return answer;
    }

    public static Answer OfUIMessageStream(Forwarded forwarded)
    {
        var answer = new Answer();
        Dictionary<string, AnswerCall> calls = [];
        HashSet<string> open = [];
        foreach (JsonNode part in forwarded.Payloads)
        {
            string type = (string)part["type"]!;
            string id = (string?)part["id"] ?? (string?)part["toolCallId"] ?? "";
            switch (type)
            {
                case "text-start" or "reasoning-start":
                    Require(open.Add(id), part);
                    break;
                case "text-end" or "reasoning-end":
                    Require(open.Remove(id), part);
                    break;
                case "text-delta":
                    Require(open.Contains(id), part);
                    answer._text.Append((string)part["delta"]!);
                    break;
                case "reasoning-delta":
                    Require(open.Contains(id), part);
                    answer._reasoning.Append((string)part["delta"]!);
                    break;
                case "tool-input-start":
                    answer.Calls.Add(calls[id] = new AnswerCall { Name = (string)part["toolName"]! });
                    break;
                case "tool-input-delta":
                    calls[id].Arguments += (string)part["inputTextDelta"]!;
                    break;
                case "tool-input-available" or "tool-input-error":
                    calls[id].IsSafe = type == "tool-input-available";
                    calls[id].Name = (string)part["toolName"]!;
                    calls[id].Input = part["input"];
                    break;
            }
        }

        Require(open.Count == 0, "texts are open");
        return answer;
    }

    public static Answer OfAgUI(Forwarded forwarded)
    {
        var answer = new Answer();
        Dictionary<string, AnswerCall> calls = [];
        HashSet<string> open = [];
        foreach (JsonNode next in forwarded.Payloads)
        {
            string type = (string)next["type"]!;
            string id = (string?)next["messageId"] ?? (string?)next["toolCallId"] ?? "";
            switch (type)
            {
                case "TEXT_MESSAGE_START" or "REASONING_MESSAGE_START":
                    Require(open.Add(id), next);
                    break;
                case "TEXT_MESSAGE_END" or "REASONING_MESSAGE_END":
                    Require(open.Remove(id), next);
                    break;
                case "TEXT_MESSAGE_CONTENT":
                    Require(open.Contains(id), next);
                    answer._text.Append((string)next["delta"]!);
                    break;
                case "REASONING_MESSAGE_CONTENT":
                    Require(open.Contains(id), next);
                    answer._reasoning.Append((string)next["delta"]!);
                    break;
                case "TOOL_CALL_START":
                    answer.Calls.Add(calls[id] = new AnswerCall { Name = (string)next["toolCallName"]! });
                    break;
                case "TOOL_CALL_ARGS":
                    calls[id].Arguments += (string)next["delta"]!;
                    break;
                case "TOOL_CALL_END":
                    calls[id].IsSafe = true;
                    break;
                case "CUSTOM" when (string)next["name"]! == "streamingjson.provider_executed_tool_call":
                    JsonNode value = next["value"]!;
                    if (calls.TryAdd((string)value["toolCallId"]!, new AnswerCall()))
                    {
                        answer.Calls.Add(calls[(string)value["toolCallId"]!]);
                    }

                    AnswerCall told = calls[(string)value["toolCallId"]!];
                    told.Name = (string)value["toolCallName"]!;
                    told.Input = value["arguments"];
                    told.IsSafe = value["reasons"]!.ToJsonString() == "[\"provider_executed\"]";
                    break;
                case "CUSTOM":
                    calls[(string)next["value"]!["toolCallId"]!].IsSafe = false;
                    break;
            }
        }

        Require(open.Count == 0, "texts are open");
        return answer;
    }

    public static Answer OfDocument(JsonNode document)
    {
        var answer = new Answer();
        foreach (JsonNode? item in document["items"]!.AsArray())
        {
            switch ((string)item!["kind"]!)
            {
                case "tool_call":
                    answer.Calls.Add(new AnswerCall { Name = (string)item["name"]!, IsSafe = (bool)item["safe_to_execute"]! || item["reasons"]!.ToJsonString() == "[\"provider_executed\"]", Input = item["arguments"] });
                    break;
                case "reasoning":
                    answer._reasoning.Append((string)item["text"]!);
                    break;
                default:
                    answer._text.Append((string)item["text"]!);
                    break;
            }
        }

        return answer;
    }

    private static void Require(bool holds, object what)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"out of order: {what}");
        }
    }
}

/// <summary>A call in an <see cref="Answer"/>.</summary>
internal sealed class AnswerCall
{
    public string Name { get; set; } = "";

    public string Arguments { get; set; } = "";

    /// <summary>Safe to execute, or executed by the provider and whole.</summary>
    public bool IsSafe { get; set; }

    public JsonNode? Input { get; set; }
}

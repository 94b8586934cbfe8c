#pragma warning disable OPENAI001 // Responses are marked as experimental by the SDK.
using System.ClientModel;
using System.ClientModel.Primitives;
using System.Collections.Generic;
using System.Text;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Responses;
using StreamingJson.Benchmarks.Matrix;

namespace StreamingJson.Benchmarks.Protocols;

/// <summary>Calls that are put together by the place they have in the answer.</summary>
internal sealed class CallsByIndex
{
    private readonly SortedList<int, (string Id, string Name, StringBuilder Arguments)> _calls = [];

    public void Start(int index, string id, string name) => _calls[index] = (id, name, new StringBuilder());

    public void Append(int index, string arguments) => _calls[index].Arguments.Append(arguments);

    public IReadOnlyList<WireCall> ToCalls()
    {
        var calls = new List<WireCall>(_calls.Count);
        foreach ((string id, string name, StringBuilder arguments) in _calls.Values)
        {
            string text = arguments.ToString();
            using System.Text.Json.JsonDocument parsed = System.Text.Json.JsonDocument.Parse(text);
            calls.Add(new WireCall(id, name, text));
        }

        return calls;
    }
}

/// <summary>Chat Completions by the official OpenAI package.</summary>
internal sealed class OpenAIChatSdkReads(ChunkSize size) : SdkReads(size)
{
    private ChatClient? _chat;

    protected override IReadOnlyList<WireCall> Read(Deadline deadline)
    {
        _chat ??= new ChatClient("gpt-5.1", new ApiKeyCredential("none"), new OpenAIClientOptions { Transport = new HttpClientPipelineTransport(Client) });
        var calls = new CallsByIndex();
        foreach (StreamingChatCompletionUpdate update in _chat.CompleteChatStreaming([new UserChatMessage("?")]))
        {
            deadline.Spend(Deadline.BytesOfItem);
            foreach (StreamingChatToolCallUpdate call in update.ToolCallUpdates)
            {
                if (call.ToolCallId is { Length: > 0 } id)
                {
                    calls.Start(call.Index, id, call.FunctionName);
                }

                if (call.FunctionArgumentsUpdate is { } arguments)
                {
                    calls.Append(call.Index, arguments.ToString());
                }
            }
        }

        return calls.ToCalls();
    }
}

/// <summary>Responses by the official OpenAI package.</summary>
internal sealed class OpenAIResponsesSdkReads(ChunkSize size) : SdkReads(size)
{
    private ResponsesClient? _responses;

    protected override IReadOnlyList<WireCall> Read(Deadline deadline)
    {
        _responses ??= new ResponsesClient(new ApiKeyCredential("none"), new ResponsesClientOptions { Transport = new HttpClientPipelineTransport(Client) });
        var calls = new CallsByIndex();
        foreach (StreamingResponseUpdate update in _responses.CreateResponseStreaming("gpt-5.1", "?"))
        {
            deadline.Spend(Deadline.BytesOfItem);
            switch (update)
            {
                case StreamingResponseOutputItemAddedUpdate { Item: FunctionCallResponseItem call } added:
                    calls.Start(added.OutputIndex, call.CallId, call.FunctionName);
                    break;
                case StreamingResponseFunctionCallArgumentsDeltaUpdate delta:
                    calls.Append(delta.OutputIndex, delta.Delta.ToString());
                    break;
            }
        }

        return calls.ToCalls();
    }
}

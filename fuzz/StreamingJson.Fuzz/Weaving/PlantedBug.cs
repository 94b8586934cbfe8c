using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace StreamingJson.Fuzz.Weaving;

/// <summary>A bug for the self-test: in one method of a woven copy, one constant becomes another.</summary>
internal sealed record PlantedBug(string Name, string Assembly, string Type, string Method, int Constant, int Altered, string Target)
{
    /// <summary>One in each library, of kinds that each need another oracle; no seed shows them.</summary>
    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        // A capital F is no hexadecimal digit.
        new("hex-digit", "StreamingJson", "StreamingJson.Text.JsonBytes", "HexValue", 'F', 'E', "json-viable-prefix"),

        // A nine is no digit of a reconnection time.
        new("retry-nine", "StreamingJson.Framing", "StreamingJson.Framing.ServerSentEventsScanner", "SetReconnectionTime", '9', '8', "sse"),

        // A name that stands twice in the arguments is no reason against a call.
        new("repeated-names", "StreamingJson.ToolCalls", "StreamingJson.ToolCalls.ToolCall", "End", (int)StreamingJson.ToolCalls.UnsafeReasons.RepeatedNames, 0, "openai-chat"),
    ];

    /// <summary>Alters the method.</summary>
    /// <exception cref="InvalidOperationException">The method, or the constant in it, is not there (any more): choose another place for the bug.</exception>
    public void Plant(ModuleDefinition module)
    {
        MethodDefinition? method = module.GetTypes().FirstOrDefault(type => type.FullName == Type)?.Methods.FirstOrDefault(method => method.Name == Method);
        int altered = 0;
        if (method is not null)
        {
            method.Body.SimplifyMacros();
            foreach (Instruction instruction in method.Body.Instructions.Where(i => i.OpCode == OpCodes.Ldc_I4 && (int)i.Operand == Constant))
            {
                instruction.Operand = Altered;
                altered++;
            }

            method.Body.OptimizeMacros();
        }

        if (altered == 0)
        {
            throw new InvalidOperationException($"The bug '{Name}' has no place: {Type}.{Method} does not have the constant {Constant}.");
        }
    }
}

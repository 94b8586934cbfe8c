using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Numerics;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;
using StreamingJson.Fuzz.Coverage;

namespace StreamingJson.Fuzz.Weaving;

/// <summary>What was woven into an assembly.</summary>
internal readonly record struct WovenAssembly(string Name, int Methods, int Blocks);

/// <summary>Writes a copy of an assembly in which each basic block tells the <see cref="EdgeMap"/> that it runs.</summary>
/// <remarks>
/// <code>
///   block:   first instruction          block:   ldc.i4  (the block's number)
///            ...                  =>             call    EdgeMap.Hit
///                                                first instruction
/// </code>
/// A block begins where a method, a branch target, a switch case, the fall-through of a conditional branch, or a handler begins. Whatever pointed
/// to the first instruction points to the <c>ldc</c> then. A comparison with a constant that is more than a byte tells how near it was. The copy keeps its public key, so that friends stay friends, and gives up its
/// signature, which this runtime does not check.
/// </remarks>
internal static class Weaver
{
    // A byte is guessed soon enough.
    private const int MaxGuessedConstant = 255;

    private static readonly HashSet<Code> Comparisons =
    [
        Code.Ceq, Code.Cgt, Code.Cgt_Un, Code.Clt, Code.Clt_Un, Code.Beq, Code.Bne_Un, Code.Bge, Code.Bge_Un, Code.Bgt, Code.Bgt_Un,
        Code.Ble, Code.Ble_Un, Code.Blt, Code.Blt_Un,
    ];

    /// <summary>Weaves <paramref name="source"/> into <paramref name="destination"/>, with a bug planted in it if one is given.</summary>
    public static WovenAssembly Weave(string source, string destination, PlantedBug? bug = null)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(source));
        var parameters = new ReaderParameters { AssemblyResolver = resolver, InMemory = true };
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(source, parameters);
        ModuleDefinition module = assembly.MainModule;
        bug?.Plant(module);
        MethodReference hit = module.ImportReference(typeof(EdgeMap).GetMethod(nameof(EdgeMap.Hit)));
        MethodReference compare = module.ImportReference(typeof(EdgeMap).GetMethod(nameof(EdgeMap.Compare)));
        // So that a block has another number than the one of the same place in another library.
        uint salt = (uint)assembly.Name.Name.Length << 24;
        uint block = 0;
        int methods = 0;
        foreach (MethodDefinition method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            block = Weave(method.Body, hit, compare, salt, block);
            methods++;
        }

        module.Attributes &= ~ModuleAttributes.StrongNameSigned;
        assembly.Write(destination);
        return new WovenAssembly(assembly.Name.Name, methods, (int)block);
    }

    private static uint Weave(MethodBody body, MethodReference hit, MethodReference compare, uint salt, uint block)
    {
        body.SimplifyMacros();
        ILProcessor il = body.GetILProcessor();
        foreach (Instruction constant in body.Instructions.Where(IsComparedConstant).ToList())
        {
            // value  =>  value, value, constant, number; call
            il.InsertBefore(constant, il.Create(OpCodes.Dup));
            il.InsertBefore(constant, il.Create(OpCodes.Ldc_I4, (int)constant.Operand));
            il.InsertBefore(constant, il.Create(OpCodes.Ldc_I4, NumberOf(salt + block++)));
            il.InsertBefore(constant, il.Create(OpCodes.Call, compare));
        }

        var entries = new Dictionary<Instruction, Instruction>();
        foreach (Instruction first in FirstInstructions(body))
        {
            Instruction entry = il.Create(OpCodes.Ldc_I4, NumberOf(salt + block++));
            il.InsertBefore(first, entry);
            il.InsertBefore(first, il.Create(OpCodes.Call, hit));
            entries.Add(first, entry);
        }

        Redirect(body, entries);
        body.OptimizeMacros();
        return block;
    }

    private static bool IsComparedConstant(Instruction instruction) =>
        instruction.OpCode == OpCodes.Ldc_I4 && (int)instruction.Operand > MaxGuessedConstant && instruction.Next is { } next
        && Comparisons.Contains(next.OpCode.Code);

    private static List<Instruction> FirstInstructions(MethodBody body)
    {
        var firsts = new HashSet<Instruction> { body.Instructions[0] };
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction target)
            {
                firsts.Add(target);
            }

            if (instruction.Operand is Instruction[] targets)
            {
                firsts.UnionWith(targets);
            }

            if (instruction.OpCode.FlowControl == FlowControl.Cond_Branch && instruction.Next is not null)
            {
                firsts.Add(instruction.Next);
            }
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            firsts.Add(handler.HandlerStart);
            if (handler.FilterStart is not null)
            {
                firsts.Add(handler.FilterStart);
            }
        }

        // In the order of the code, so that the numbers are the same each time.
        return [.. body.Instructions.Where(firsts.Contains)];
    }

    private static void Redirect(MethodBody body, Dictionary<Instruction, Instruction> entries)
    {
        Instruction? Entry(Instruction? instruction) => instruction is not null && entries.TryGetValue(instruction, out Instruction? entry) ? entry : instruction;

        foreach (Instruction instruction in body.Instructions)
        {
            instruction.Operand = instruction.Operand switch
            {
                Instruction target => Entry(target),
                Instruction[] targets => targets.Select(target => Entry(target)!).ToArray(),
                object other => other,
                null => null,
            };
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            handler.TryStart = Entry(handler.TryStart);
            handler.TryEnd = Entry(handler.TryEnd);
            handler.HandlerStart = Entry(handler.HandlerStart);
            handler.HandlerEnd = Entry(handler.HandlerEnd);
            handler.FilterStart = Entry(handler.FilterStart);
        }
    }

    /// <summary>Spreads the blocks over the map: with numbers in a row, the edges of neighbours would fall together.</summary>
    private static int NumberOf(uint block) => (int)(BitOperations.RotateLeft(block * 0x9E3779B1, 15) * 0x85EBCA77 >> 16) & (EdgeMap.Size - 1);
}

using System;
using System.Buffers;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using StreamingJson.Buffers;
using StreamingJson.Documents;
using StreamingJson.Text;

namespace StreamingJson.Binding.Partials;

/// <content>From the tape to values, counted.</content>
internal sealed partial class PartialBinder
{
    // The depth of what the parser let in was checked by the parser.
    private static readonly JsonWriterOptions UncheckedWriter = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = int.MaxValue,
        SkipValidation = true,
    };

    private int _textRow = TapeView.NotFound;
    private int _textBytes;
    private bool _isTextSeen;
    private object? _text;

    /// <summary>The bytes of the document that were given to the serializer, or made a string.</summary>
    public long BytesRead { get; private set; }

    /// <summary>The bytes of names and stand-ins that were given to the serializer to make values of parts.</summary>
    public long BytesAssembled { get; private set; }

    /// <summary>The bytes of text that strings were made of while they grew: the cost of a string for each time that it is seen.</summary>
    public long BytesOfGrowingText { get; private set; }

    public object? ReadComplete(TypeContract contract, int row)
    {
        ref readonly TapeRow tapeRow = ref View.Rows[row];
        BytesRead += tapeRow.End - tapeRow.Start;
        if (contract.Shape == ContractShape.Text && tapeRow.Kind == TapeKind.String)
        {
            return Utf8Text.ToString(View.Text(tapeRow));
        }

        if (View.IsPlain)
        {
            return JsonSerializer.Deserialize(View.Raw(tapeRow), contract.TypeInfo);
        }

        using var closed = new PooledBufferWriter();
        WriteClosed(row, closed);
        return JsonSerializer.Deserialize(closed.Written, contract.TypeInfo);
    }

    /// <summary>A collection of the items from one to another, read at once.</summary>
    public object? ReadItems(JsonTypeInfo typeInfo, int first, int last)
    {
        TapeRow[] rows = View.Rows;
        BytesRead += rows[last].End - rows[first].Start;
        var text = new Arena<byte>(ArrayPool<byte>.Shared);
        try
        {
            text.Append((byte)'[');
            if (View.IsPlain)
            {
                text.Append(View.RawFrom(rows[first].Start).Slice(0, rows[last].End - rows[first].Start));
            }
            else
            {
                for (int row = first; row <= last; row = View.Next(rows[row], row))
                {
                    text.Append(row == first ? [] : ","u8);
                    CopyClosed(row, ref text);
                }
            }

            text.Append((byte)']');
            return JsonSerializer.Deserialize(text.Written, typeInfo);
        }
        finally
        {
            text.Release(clear: true);
        }
    }

    public object? Assemble(ReadOnlySpan<byte> text, JsonTypeInfo typeInfo, List<object?> values)
    {
        BytesAssembled += text.Length;
        return SpliceConverter.Deserialize(text, typeInfo, values);
    }

    /// <summary>An empty list that items can be added to, or an empty array.</summary>
    public static IList NewList(TypeContract contract) =>
        (IList)(contract.ShapeInfo.CreateObject?.Invoke() ?? JsonSerializer.Deserialize("[]"u8, contract.ShapeInfo)!);

    /// <summary>The text so far of an open string, as a value; false when there is none to be seen.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "What a converter says of a text that is not whole is no verdict.")]
    public bool TryReadText(TypeContract contract, int row, out object? value)
    {
        value = null;
        ref readonly TapeRow tapeRow = ref View.Rows[row];
        if (tapeRow.Kind != TapeKind.String)
        {
            return false;
        }

        ReadOnlySpan<byte> text = View.Text(tapeRow);
        if (_textRow != row || _textBytes != text.Length)
        {
            HasChanged = true;
            _textRow = row;
            _textBytes = text.Length;
            BytesOfGrowingText += text.Length;
            try
            {
                _text = contract.Shape == ContractShape.Text ? Utf8Text.ToString(text) : Convert(text, contract.TypeInfo);
                _isTextSeen = contract.Shape == ContractShape.Text || _text is not null;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                _text = null;
                _isTextSeen = false;
            }
        }

        value = _text;
        return _isTextSeen;
    }

    /// <summary>Appends a value that is complete, as plain JSON.</summary>
    public void CopyClosed(int row, ref Arena<byte> to)
    {
        if (View.IsPlain)
        {
            to.Append(View.Raw(View.Rows[row]));
            return;
        }

        using var closed = new PooledBufferWriter();
        WriteClosed(row, closed);
        to.Append(closed.Written);
    }

    /// <summary>Appends a name, in quotes, as plain JSON.</summary>
    public void CopyName(int row, ref Arena<byte> to)
    {
        if (View.IsPlain)
        {
            to.Append(View.Raw(View.Rows[row]));
            return;
        }

        using var quoted = new PooledBufferWriter();
        Quote(View.Text(View.Rows[row]), quoted);
        to.Append(quoted.Written);
    }

    private static object? Convert(ReadOnlySpan<byte> text, JsonTypeInfo typeInfo)
    {
        using var quoted = new PooledBufferWriter();
        Quote(text, quoted);
        return JsonSerializer.Deserialize(quoted.Written, typeInfo);
    }

    private static void Quote(ReadOnlySpan<byte> text, PooledBufferWriter to)
    {
        using var writer = new Utf8JsonWriter(to, UncheckedWriter);
        writer.WriteStringValue(text);
    }

    private void WriteClosed(int row, PooledBufferWriter to)
    {
        using var writer = new Utf8JsonWriter(to, UncheckedWriter);
        TapeWriter.Write(View, row, writer);
    }

    private void ForgetText()
    {
        _textRow = TapeView.NotFound;
        _text = null;
    }
}

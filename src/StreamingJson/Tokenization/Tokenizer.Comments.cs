using System;

namespace StreamingJson.Tokenization;

/// <content>
/// Comments, where the options let them be skipped. As in System.Text.Json, none may stand between a name and its colon, and U+2028 and
/// U+2029 may not stand in a line comment, which they may or may not end.
/// </content>
internal partial struct Tokenizer<THandler>
{

    private ScanState _stateAroundComment;
    private int _commentSequence;

    private int StartComment(int index)
    {
        _tokenStart = index;
        _stateAroundComment = State;
        State = ScanState.AfterSlash;
        return index + 1;
    }

    private int ScanComment(ReadOnlySpan<byte> data, int index)
    {
        while ((uint)index < (uint)data.Length)
        {
            byte next = data[index];
            switch (State)
            {
                case ScanState.AfterSlash when next is (byte)'/' or (byte)'*':
                    State = next == '/' ? ScanState.InLineComment : ScanState.InBlockComment;
                    Leniencies |= JsonLeniencies.Comment;
                    Handler.OnComment();
                    break;

                case ScanState.InLineComment when next is (byte)'\n' or (byte)'\r':
                case ScanState.AfterBlockCommentStar when next == '/':
                    State = _stateAroundComment;
                    return index + 1;

                case ScanState.InBlockComment or ScanState.AfterBlockCommentStar when next == '*':
                    State = ScanState.AfterBlockCommentStar;
                    break;

                case ScanState.InLineComment or ScanState.InBlockComment or ScanState.AfterBlockCommentStar when next < 0x80:
                    State = State == ScanState.InLineComment ? State : ScanState.InBlockComment;
                    break;

                case ScanState.InLineComment or ScanState.InBlockComment or ScanState.AfterBlockCommentStar when _sequence.TryStart(next):
                    _commentSequence = next;
                    State = State == ScanState.InLineComment ? ScanState.InLineCommentUtf8 : ScanState.InBlockCommentUtf8;
                    break;

                case ScanState.InLineCommentUtf8 or ScanState.InBlockCommentUtf8 when _sequence.TryContinue(next):
                    _commentSequence = (_commentSequence << 8) | next;
                    if (_sequence.IsWhole && !TryEndCommentSequence())
                    {
                        return Fail(JsonErrorCode.InvalidComment, index);
                    }

                    break;

                default:
                    return Fail(State == ScanState.AfterSlash ? JsonErrorCode.InvalidComment : JsonErrorCode.InvalidUtf8, index);
            }

            index++;
        }

        return index;
    }

    private bool TryEndCommentSequence()
    {
        if (State == ScanState.InBlockCommentUtf8)
        {
            State = ScanState.InBlockComment;
            return true;
        }

        // E2 80 A8 and E2 80 A9.
        State = ScanState.InLineComment;
        return _commentSequence is not (0xE280A8 or 0xE280A9);
    }
}

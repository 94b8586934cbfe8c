using System;

namespace StreamingJson.Tool.Input;

/// <summary>An input cannot be read; the message is for the user.</summary>
internal sealed class InputException(string message, Exception innerException) : Exception(message, innerException);

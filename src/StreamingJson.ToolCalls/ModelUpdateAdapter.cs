namespace StreamingJson.ToolCalls;

/// <summary>Hands the typed updates of an SDK to a <see cref="ModelStreamReader"/>. Its instances are stateless and may be shared by threads.</summary>
/// <remarks>
/// The state of a stream is in the reader. To write an adapter, call <see cref="ModelStreamReader.AppendPayload"/> if the SDK keeps the JSON of an update, otherwise
/// <see cref="ModelStreamReader.StartPayload"/> and write the content of the update, in the shape that the provider documents for the wire.
/// </remarks>
public abstract class ModelUpdateAdapter
{
    /// <summary>Gives the reader an update, if it is one of this SDK. Then read the reader's events until there are none.</summary>
    /// <param name="update">The update; of any type.</param>
    /// <param name="reader">The reader of the stream that the update belongs to.</param>
    /// <returns><see langword="false"/>: the update is of another SDK, and nothing was done.</returns>
    /// <exception cref="System.InvalidOperationException">Events were left unread, or the stream was completed.</exception>
    /// <exception cref="System.ObjectDisposedException">The reader was disposed.</exception>
    public abstract bool TryAppend(object update, ModelStreamReader reader);
}

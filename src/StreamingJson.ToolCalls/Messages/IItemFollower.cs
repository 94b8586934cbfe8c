namespace StreamingJson.ToolCalls.Messages;

/// <summary>Told of what happens to the text of an item that is read as JSON.</summary>
internal interface IItemFollower
{
    /// <summary>Takes what the last operation on the parser of the item did. To be called after each, and once.</summary>
    void Follow(StreamingJsonParser parser);

    /// <summary>The text is about to begin anew.</summary>
    void Forget();
}

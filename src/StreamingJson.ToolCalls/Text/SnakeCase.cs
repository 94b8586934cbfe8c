using System.Text;

namespace StreamingJson.ToolCalls.Text;

/// <summary>The names of enums in the case of JSON; the tests hold them against the documentation of each.</summary>
internal static class SnakeCase
{
    /// <summary>The name in lower case, with an underscore before each word but the first.</summary>
    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (int i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}

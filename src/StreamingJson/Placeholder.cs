namespace StreamingJson;
internal static class Placeholder;

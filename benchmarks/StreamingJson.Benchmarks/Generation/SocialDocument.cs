using System.Globalization;

namespace StreamingJson.Benchmarks.Generation;

/// <summary>About 64 KB of short posts: Japanese, Cyrillic, emoji, little ASCII, some of it written as \u escapes.</summary>
internal static class SocialDocument
{
    private static readonly string[] Japanese =
        ["朝の", "電車", "で", "本を", "読む", "静かな", "雨が", "降る", "猫と", "公園", "を歩く", "今日は", "カレー", "です。", "ありがとう", "また明日"];

    private static readonly string[] Cyrillic =
        ["утро", "поезд", "идёт", "через", "мост", "чай", "с", "лимоном", "тихий", "дождь", "завтра", "увидимся", "кошка", "спит", "ещё"];

    private static readonly string[] Emoji = ["🌊", "🚲", "🎉", "🍜", "👩‍💻", "😺", "🇫🇮", "❤️", "🌧️"];

    private static readonly string[] Latin = ["noodles", "tram", "dusk", "harbor", "kite", "ramen", "sauna", "river"];

    public static byte[] Timeline()
    {
        var dice = new Dice(65);
        JsonText json = new JsonText(spaced: false).OpenObject().Name("statuses").OpenArray();
        int count = 0;

        // The length is in UTF-16 units; at about 1.4 bytes each this makes 64 KB.
        for (; json.Length < 46_200; count++)
        {
            Status(json, dice, count);
        }

        return json.CloseArray()
            .Name("search_metadata").OpenObject().Name("count").Value(count).Name("completed_in").Value(0.087m).CloseObject()
            .CloseObject().ToUtf8();
    }

    private static void Status(JsonText json, Dice dice, int index)
    {
        json.OpenObject()
            .Name("created_at").Value("Sun Aug 31 00:29:15 +0000 2031")
            .Name("id").Value(505_874_924_095_815_681 + index)
            .Name("text").Value(Post(dice), escapeNonAscii: dice.OneIn(12))
            .Name("in_reply_to").Null()
            .Name("user").OpenObject()
            .Name("name").Value(dice.Words(dice.OneIn(2) ? Japanese : Cyrillic, 10, ""), escapeNonAscii: dice.OneIn(10))
            .Name("screen_name").Value(dice.Pick(Latin) + "_" + dice.Below(9999).ToString(CultureInfo.InvariantCulture))
            .Name("description").Value(Post(dice))
            .Name("followers_count").Value(dice.Below(20_000))
            .Name("verified").Value(dice.OneIn(20))
            .CloseObject();
        json.Name("entities").OpenObject().Name("hashtags").OpenArray();
        for (int n = dice.Below(3); n > 0; n--)
        {
            json.OpenObject().Name("text").Value(dice.Pick(Japanese)).Name("indices").OpenArray()
                .Value(n).Value(n + 5).CloseArray().CloseObject();
        }

        json.CloseArray().CloseObject()
            .Name("retweet_count").Value(dice.Below(300))
            .Name("favorited").Value(dice.OneIn(3))
            .CloseObject();
    }

    private static string Post(Dice dice)
    {
        string text = dice.OneIn(3) ? dice.Words(Cyrillic, dice.Between(20, 110)) : dice.Words(Japanese, dice.Between(15, 90), "");
        return dice.Below(4) switch
        {
            0 => text + " " + dice.Pick(Emoji) + dice.Pick(Emoji),
            1 => "@" + dice.Pick(Latin) + " " + text,
            2 => text + "\n#" + dice.Pick(Latin),
            _ => text,
        };
    }
}

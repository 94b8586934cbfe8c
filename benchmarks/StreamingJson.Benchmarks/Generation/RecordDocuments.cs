using System;
using System.Globalization;

namespace StreamingJson.Benchmarks.Generation;

/// <summary>Small records of mixed kinds: a model's structured output, a large export, the arguments of one call.</summary>
internal static class RecordDocuments
{
    private static readonly string[] Words =
    [
        "harbour", "the", "a", "of", "with", "early", "ferry", "lamp", "quiet", "window", "ticket", "market", "over", "river", "bread",
        "morning", "and", "garden", "yellow", "near", "station", "walk", "slow", "museum", "bridge", "old", "closes", "opens", "at",
        "café", "crème", "Zürich", "señal", "naïve", "train", "until", "noon", "under", "stairs", "coffee", "bring", "umbrella",
    ];

    private static readonly string[] Tags = ["food", "walk", "art", "family", "night", "free", "outdoor", "rain-safe", "booked"];

    private static readonly string[] Kinds = ["visit", "meal", "transfer", "rest"];

    /// <summary>About 8 KB, spaced the way models write.</summary>
    public static byte[] StructuredOutput()
    {
        var dice = new Dice(8);
        JsonText json = new JsonText(spaced: true).OpenObject()
            .Name("id").Value("plan_7f3a91c2")
            .Name("title").Value("Three slow days between the harbour and the \"old\" hills")
            .Name("version").Value(3)
            .Name("budget").Value(1249.50m)
            .Name("confirmed").Value(true)
            .Name("replaces").Null();
        json.Name("traveller").OpenObject()
            .Name("name").Value("Zoë Lindqvist")
            .Name("adults").Value(2)
            .Name("address").OpenObject().Name("city").Value("Malmö").Name("postcode").Value("211 20").CloseObject()
            .Name("newsletter").Value(false)
            .CloseObject();
        json.Name("steps").OpenArray();
        for (int i = 0; i < 40; i++)
        {
            Step(json, dice, i);
        }

        json.CloseArray();
        return json.Name("summary").Value("Day one is by the water.\nDay two is uphill.\nDay three is \"free\".").CloseObject().ToUtf8();
    }

    /// <summary>What an agent plans: a title and 40 steps, each with a text, files and numbers; about 13 KB.</summary>
    public static byte[] Plan()
    {
        var dice = new Dice(40);
        JsonText json = new JsonText(spaced: true).OpenObject().Name("title").Value("Move the booking service to the new \"harbour\" schema").Name("steps").OpenArray();
        for (int i = 1; i <= 40; i++)
        {
            json.OpenObject()
                .Name("number").Value(i)
                .Name("kind").Value(dice.Pick(Kinds))
                .Name("text").Value(Prose(dice) + "; " + Prose(dice) + ".\n" + Prose(dice))
                .Name("files").OpenArray().Value($"src/{dice.Pick(Tags)}/{dice.Pick(Kinds)}.cs").Value($"tests/{dice.Pick(Tags)}.cs").CloseArray()
                .Name("after").OpenArray().Value(Math.Max(0, i - 1)).CloseArray()
                .Name("minutes").Value(dice.Between(5, 240))
                .Name("done").Value(dice.OneIn(4))
                .CloseObject();
        }

        return json.CloseArray().CloseObject().ToUtf8();
    }

    /// <summary>About 1 MB, minified.</summary>
    public static byte[] Export() => Export(1_040_000);

    /// <summary>About as many bytes as are asked for, minified.</summary>
    public static byte[] Export(int about)
    {
        var dice = new Dice(1024);
        JsonText json = new JsonText(spaced: false).OpenArray();
        for (int i = 0; json.Length < about; i++)
        {
            Step(json, dice, i);
            json.OpenObject()
                .Name("sensor").Value(dice.Below(1 << 20))
                .Name("reading").Literal(Reading(dice))
                .Name("ok").Value(!dice.OneIn(9))
                .Name("series").OpenArray();
            for (int n = dice.Between(3, 12); n > 0; n--)
            {
                json.Value(dice.Between(-500, 99_999));
            }

            json.CloseArray().CloseObject();
        }

        return json.CloseArray().ToUtf8();
    }

    /// <summary>About 120 bytes, spaced the way models write.</summary>
    public static byte[] CallArguments() => new JsonText(spaced: true).OpenObject()
        .Name("city").Value("Paris")
        .Name("unit").Value("celsius")
        .Name("days").Value(3)
        .Name("hourly").Value(false)
        .Name("near").OpenObject().Name("lat").Value(48.8566m).Name("lon").Value(2.3522m).CloseObject()
        .Name("fields").OpenArray().Value("wind").CloseArray()
        .CloseObject().ToUtf8();

    /// <summary>One record of six to eight properties; which ones it has, and of what kind, varies from record to record.</summary>
    private static void Step(JsonText json, Dice dice, int index)
    {
        json.OpenObject()
            .Name("id").Value(1000 + index)
            .Name("category").Value(dice.Pick(Kinds))
            .Name("note").Value(Prose(dice))
            .Name("starts_at").Value(Date(dice))
            .Name("price_eur").Value(dice.Below(9000) / 100m);
        if (!dice.OneIn(3))
        {
            json.Name("open").Value(dice.OneIn(2));
        }

        if (dice.OneIn(4))
        {
            json.Name("link").Null();
        }

        json.Name("tags").OpenArray();
        for (int n = dice.Between(0, 4); n > 0; n--)
        {
            json.Value(dice.Pick(Tags));
        }

        json.CloseArray().CloseObject();
    }

    private static string Prose(Dice dice)
    {
        string text = dice.OneIn(8) ? dice.Pick(Words) : dice.Words(Words, dice.Between(24, 58));
        return dice.Below(16) switch
        {
            0 => text + "\n" + dice.Pick(Words),
            1 => "\"" + text + "\"",
            _ => text,
        };
    }

    private static string Date(Dice dice) => string.Create(
        CultureInfo.InvariantCulture,
        $"2031-{dice.Between(1, 12):00}-{dice.Between(1, 28):00}T{dice.Below(24):00}:{dice.Below(60):00}:00Z");

    private static string Reading(Dice dice) => string.Create(
        CultureInfo.InvariantCulture, $"{dice.Between(-99, 99)}.{dice.Below(1_000_000):000000}e{dice.Between(-12, 12)}");
}

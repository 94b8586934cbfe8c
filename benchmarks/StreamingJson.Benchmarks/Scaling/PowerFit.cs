using System;
using System.Collections.Generic;

namespace StreamingJson.Benchmarks.Scaling;

/// <summary>The k of y = c x^k that fits best: the slope of the logarithms, by least squares.</summary>
internal static class PowerFit
{
    /// <summary>Null where there are not two different lengths.</summary>
    public static double? Exponent(IReadOnlyList<(double X, double Y)> points)
    {
        double n = 0, sumX = 0, sumY = 0, sumXX = 0, sumXY = 0;
        foreach ((double x, double y) in points)
        {
            double logX = Math.Log(x);
            double logY = Math.Log(y);
            n++;
            sumX += logX;
            sumY += logY;
            sumXX += logX * logX;
            sumXY += logX * logY;
        }

        double spread = (n * sumXX) - (sumX * sumX);
        return n >= 2 && spread > 1e-9 ? ((n * sumXY) - (sumX * sumY)) / spread : null;
    }
}

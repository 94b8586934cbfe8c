using System;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace StreamingJson.Tool.Inspector;

/// <summary>
/// Refuses requests that a page of another site made the browser send: this server is one of the user's own machine, and shows what others
/// are not to see.
/// </summary>
/// <remarks>
/// A name that an attacker points at this address (DNS rebinding) shows in <c>Host</c>: only addresses, <c>localhost</c> and the name that the user gave
/// are taken. A page elsewhere shows in <c>Origin</c>, which browsers send with every request that may change something, and in <c>Sec-Fetch-Site</c>.
/// Programs send neither.
/// </remarks>
internal static class RequestGuard
{
    /// <summary>Why a request is refused; <see langword="null"/> if it is not.</summary>
    /// <param name="request">The request.</param>
    /// <param name="listening">The address that is listened on.</param>
    public static string? Refuse(HttpRequest request, IPAddress listening)
    {
        if (!IsOwnHost(request.Host, listening, request.HttpContext.Connection.LocalPort))
        {
            return "The Host header names another host than this one.";
        }

        string? origin = request.Headers.Origin;
        if (origin is not null && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase))
        {
            return "The request comes from a page of another origin.";
        }

        string? site = request.Headers["Sec-Fetch-Site"];
        bool isForeign = site is "cross-site" or "same-site";
        bool isLink = HttpMethods.IsGet(request.Method) && request.Path == "/" && request.Headers["Sec-Fetch-Mode"] == "navigate";
        return isForeign && !isLink ? "The request comes from a page of another site." : null;
    }

    private static bool IsOwnHost(HostString host, IPAddress listening, int port)
    {
        if (!host.HasValue || (host.Port ?? 80) != port)
        {
            return false;
        }

        if (string.Equals(host.Host, "localhost", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        // Nobody can point an address elsewhere; still, one that listens to loopback alone is not called by any other.
        return IPAddress.TryParse(host.Host.AsSpan().Trim("[]"), out IPAddress? address) && (IPAddress.IsLoopback(address) || !IPAddress.IsLoopback(listening));
    }
}

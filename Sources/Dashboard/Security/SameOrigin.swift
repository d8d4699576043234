import HTTPTypes

/// Whether a request that changes something was sent by a page of this dashboard.
enum SameOrigin {
    /// - Parameters:
    ///   - authority: the host and port that the request was sent to.
    ///   - isSecure: whether browsers reach this dashboard by HTTPS.
    /// - Returns: what the browser says by `Sec-Fetch-Site` (W3C Fetch Metadata); for one that does not say it, whether
    ///   `Origin` (RFC 6454) is this dashboard; false when neither is there.
    static func isSatisfied(_ headers: HTTPFields, authority: String?, isSecure: Bool) -> Bool {
        let sites = headers[values: .fetchSite]
        let origins = headers[values: .origin]
        guard sites.count <= 1, origins.count <= 1 else { return false }
        if let site = sites.first, site != "same-origin" { return false }
        guard let origin = origins.first else { return sites.first == "same-origin" }
        guard let authority else { return false }
        let expected = normalized("\(isSecure ? "https" : "http")://\(authority)")
        return normalized(origin) == expected
    }

    /// Without the port that the scheme has anyway.
    private static func normalized(_ origin: String) -> String {
        let origin = origin.lowercased()
        if origin.hasPrefix("https://"), origin.hasSuffix(":443") { return String(origin.dropLast(4)) }
        if origin.hasPrefix("http://"), origin.hasSuffix(":80") { return String(origin.dropLast(3)) }
        return origin
    }
}

extension HTTPField.Name {
    static let fetchSite = Self(literal: "Sec-Fetch-Site")
}

extension HTTPField.Name {
    /// A name that is written in the sources.
    init(literal name: StaticString) {
        self = Self("\(name)") ?? .server
    }
}

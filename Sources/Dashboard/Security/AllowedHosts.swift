/// The names under which a browser may reach the dashboard. A request that names another host comes from a page whose
/// name was pointed to this machine (DNS rebinding), and is refused.
package struct AllowedHosts: Sendable {
    private let names: Set<String>

    /// What a listener may be bound to that is the name of no machine.
    private static let wildcards: Set<String> = ["", "0.0.0.0", "::"]

    /// - Parameter names: hosts; a port does not matter. The names of this machine for itself are always among them.
    package init(_ names: some Sequence<String>) {
        self.names = Set(names.map { Self.folded(Self.host(of: $0[...]) ?? $0[...]) }).subtracting(Self.wildcards)
            .union(["localhost", "127.0.0.1", "::1"])
    }

    /// - Parameter header: the value of `Host`, such as `127.0.0.1:7070`, or the authority of the request.
    func contains(_ header: String?) -> Bool {
        guard let header, let host = Self.host(of: header[...]) else { return false }
        return names.contains(Self.folded(host))
    }

    /// The host of `host`, `host:port`, `[address]` or `[address]:port`; nil when it is something else.
    static func host(of authority: Substring) -> Substring? {
        var (host, port) = (authority, Substring())
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = authority[authority.index(after: authority.startIndex)..<end]
            port = authority[authority.index(after: end)...]
            guard port.isEmpty || port.hasPrefix(":") else { return nil }
        } else if let colon = authority.firstIndex(of: ":") {
            (host, port) = (authority[..<colon], authority[colon...])
        }
        guard !host.isEmpty, port.dropFirst().utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return host
    }

    /// Names are the same in any case, and with the dot at their end that makes them absolute.
    private static func folded(_ name: Substring) -> String {
        String(name.hasSuffix(".") ? name.dropLast() : name).lowercased()
    }
}

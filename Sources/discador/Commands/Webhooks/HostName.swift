import Glibc

/// Names of hosts.
enum HostName {
    /// Whether this machine can look a name up; it waits for the answer.
    ///
    /// - Parameter host: a name or an address, perhaps with a port.
    static func isKnown(_ host: String) -> Bool {
        let name = host.hasPrefix("[") ? host.dropFirst().prefix { $0 != "]" } : host.prefix { $0 != ":" }
        var found: UnsafeMutablePointer<addrinfo>?
        defer { if let found { freeaddrinfo(found) } }
        return getaddrinfo(String(name), nil, nil, &found) == 0
    }
}

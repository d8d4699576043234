import Foundation

/// The address of an instance's Z-API: `https` anywhere, `http` only on this machine.
struct BaseAddress: Hashable {
    /// Why a text is not a base address. The text is omitted: a pasted one may contain a token.
    enum Fault: Error, Hashable {
        case unreadable
        case otherScheme
        case plainHTTP
        case userInfo
        case queryOrFragment
        case instancePath
        case port

        var message: String {
            switch self {
            case .unreadable: "this is not a valid address"
            case .otherScheme: "this address is neither https nor http"
            case .plainHTTP: "http would send the token unencrypted to another machine"
            case .userInfo: "this address contains a user name or password"
            case .queryOrFragment: "this address contains a query or a fragment"
            case .instancePath: "this address already names an instance"
            case .port: "the port of this address is not valid"
            }
        }

        var remedy: String {
            switch self {
            case .unreadable: "write one such as https://api.z-api.io"
            case .otherScheme: "begin it with https://"
            case .plainHTTP: "write https; http is for 127.0.0.1, [::1] and localhost"
            case .userInfo: "remove everything up to the @"
            case .queryOrFragment: "remove everything from the ? or # on"
            case .instancePath: "remove /instances and what follows; id and token have their own keys"
            case .port: "write a port from 1 to 65535"
            }
        }
    }

    /// Without a trailing slash.
    let text: String
    /// Whether it is on this machine: 127.0.0.0/8, ::1 or localhost.
    let isLoopback: Bool

    init(_ text: String) throws(Fault) {
        guard text.utf8.allSatisfy({ (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "\\") }) else {
            throw .unreadable
        }
        guard !text.contains("@") else { throw .userInfo }
        guard !text.contains("?"), !text.contains("#") else { throw .queryOrFragment }
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased() else {
            throw .unreadable
        }
        guard scheme == "https" || scheme == "http" else { throw .otherScheme }
        guard let host = parts.percentEncodedHost?.lowercased(), Self.isHost(host) else { throw .unreadable }
        guard (1...65_535).contains(parts.port ?? 443) else { throw .port }
        let path = parts.percentEncodedPath.lowercased()
        guard !path.contains("/instances"), !path.contains("/token") else { throw .instancePath }
        isLoopback = Self.isLoopback(host)
        guard scheme == "https" || isLoopback else { throw .plainHTTP }
        self.text = String(text.reversed().drop { $0 == "/" }.reversed())
    }

    /// A name or an address in plain characters: an encoded one could be interpreted differently elsewhere.
    private static func isHost(_ host: String) -> Bool {
        if host.hasPrefix("[") {
            return host.wholeMatch(of: /\[[0-9a-f:.]+\]/) != nil
        }
        return host.wholeMatch(of: /[a-z0-9]([a-z0-9._-]*[a-z0-9])?/) != nil
    }

    /// Whether a host, in lower case, is this machine: 127.0.0.0/8, ::1 or localhost.
    static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let bytes = host.split(separator: ".", omittingEmptySubsequences: false)
        guard bytes.count == 4, bytes.first == "127" else { return false }
        return bytes.allSatisfy { $0.utf8.count <= 3 && UInt8($0).map(String.init) == String($0) }
    }
}

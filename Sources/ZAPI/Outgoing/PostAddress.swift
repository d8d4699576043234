package import CampaignCore
import Foundation

/// An address of the user's to which JSON is posted: `https` anywhere, `http` only on this machine.
package struct PostAddress: Equatable, Sendable {
    /// The whole address, which often contains a token.
    package let url: Secret
    /// Its host, and its port if it names one: this much may be shown.
    package let host: String

    /// Nil when it is not such an address, or one with a user name, which would be sent unseen.
    package init?(_ url: Secret) {
        let text = url.reveal()
        guard text.utf8.allSatisfy({ (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "\\") }),
            let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            let host = parts.percentEncodedHost?.lowercased(),
            host.wholeMatch(of: /\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9._-]*[a-z0-9])?/) != nil,
            parts.user == nil, parts.password == nil, (1...65_535).contains(parts.port ?? 443),
            scheme == "https" || scheme == "http" && Self.isLoopback(host)
        else { return nil }
        self.url = url
        self.host = parts.port.map { "\(host):\($0)" } ?? host
    }

    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let bytes = host.split(separator: ".", omittingEmptySubsequences: false)
        guard bytes.count == 4, bytes.first == "127" else { return false }
        return bytes.allSatisfy { $0.utf8.count <= 3 && UInt8($0).map(String.init) == String($0) }
    }
}

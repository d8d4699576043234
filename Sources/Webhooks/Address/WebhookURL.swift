package import CampaignCore

/// The address that Z-API sends an instance's events to: `<public address>/z/<instance>/<token>`.
package struct WebhookURL: Sendable, Equatable {
    /// Z-API's id of the instance.
    package let instance: String
    /// The part that is secret.
    package let token: WebhookToken
    /// The whole address; whoever has it can send events.
    package let url: Secret
    private let base: String

    /// Nil for an id that cannot stand in an address; Z-API's consist of letters and digits.
    package init?(_ publicURL: PublicURL, instance: String, token: WebhookToken) {
        self.init(base: publicURL.text, instance: instance, token: token)
    }

    /// An address of this form, wherever it leads, such as one that `/me` returned; nil for any other.
    package init?(_ url: Secret) {
        let text = url.reveal()
        guard let route = WebhookRoute(text[...]), let token = WebhookToken(route.token), !route.prefix.isEmpty else {
            return nil
        }
        self.init(base: String(route.prefix), instance: String(route.instance), token: token)
    }

    private init?(base: String, instance: String, token: WebhookToken) {
        guard WebhookRoute.isInstance(instance) else { return nil }
        self.instance = instance
        self.token = token
        self.base = base
        url = Secret("\(base)/z/\(instance)/\(token.text.reveal())")
    }

    /// Whether it leads to `publicURL`.
    package func begins(with publicURL: PublicURL) -> Bool {
        (try? PublicURL(base)) == publicURL
    }

    /// Whether it is one of these addresses of ours: the token is known, wherever it leads.
    package func isAmong(_ addresses: [WebhookAddress]) -> Bool {
        let hash = token.hash
        return addresses.contains { $0.instance == instance && ConstantTime.areEqual($0.tokenHash, hash) }
    }
}

/// The parts of a path or address that ends in `/z/<instance>/<token>`.
struct WebhookRoute {
    /// What stands before `/z/`; empty, or a path, or the beginning of an address.
    var prefix: Substring
    var instance: Substring
    var token: Substring

    /// Longer than any address of ours.
    private static let longest = 2_048

    /// Nil when it has another form. Nothing is decoded: an address of ours needs no escapes.
    init?(_ path: Substring) {
        guard path.utf8.count <= Self.longest else { return nil }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 4, parts[parts.count - 3] == "z" else { return nil }
        (instance, token) = (parts[parts.count - 2], parts[parts.count - 1])
        guard Self.isInstance(instance), !token.isEmpty else { return nil }
        // The slash before the z is no part of what stands before it.
        prefix = path[..<path.index(before: parts[parts.count - 3].startIndex)]
    }

    static func isInstance(_ text: some StringProtocol) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}

package import CampaignCore
import NIOConcurrencyHelpers

/// The addresses at which webhooks are accepted, in memory: a flood of wrong ones never reaches the database.
package final class WebhookAddressBook: Sendable {
    private let addresses: NIOLockedValueBox<[String: [WebhookAddress]]>

    package init(_ addresses: [WebhookAddress] = []) {
        self.addresses = NIOLockedValueBox(Dictionary(grouping: addresses, by: \.instance))
    }

    /// From now on, these are accepted and no others.
    package func replace(with addresses: [WebhookAddress]) {
        let book = Dictionary(grouping: addresses, by: \.instance)
        self.addresses.withLockedValue { $0 = book }
    }

    /// The address of an instance with a token, if it is accepted at `now`. It takes as long whether the instance is
    /// known or not, and wherever a wrong token begins to differ.
    func address(
        token: some StringProtocol, instance: some StringProtocol, at now: Timestamp
    ) -> WebhookAddress? {
        let hash = WebhookToken.hash(of: token.utf8)
        let known = addresses.withLockedValue { $0[String(instance)] } ?? []
        var accepted: WebhookAddress?
        for index in 0..<max(known.count, Self.fewestComparisons) {
            let address = index < known.count ? known[index] : Self.nobody
            let isEqual = ConstantTime.areEqual(address.tokenHash, hash)
            let isValid = address.expiresAt.map { now < $0 } ?? true
            if isEqual && isValid && index < known.count { accepted = address }
        }
        return accepted
    }

    /// More than an instance has while its address is being rotated.
    private static let fewestComparisons = 4
    private static let nobody = WebhookAddress(instance: "", tokenHash: [UInt8](repeating: 0, count: 32))
}

enum ConstantTime {
    /// Whether two values are equal; looks at all of their bytes.
    static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

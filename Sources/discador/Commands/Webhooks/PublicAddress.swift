import CampaignCore
import Foundation
import Webhooks
import ZAPI

/// Where the internet reaches the receiver of webhooks: `https://calls.example.com`, perhaps with a path.
struct PublicAddress: Equatable {
    let url: PublicURL
    /// Its host, with the port if one is written.
    let host: String

    /// The value of `--url`.
    @inline(never)  // see CheckCommand
    init(option text: String) throws(Failure) {
        do {
            url = try PublicURL(text)
        } catch {
            throw Failure(.usage, Phrase(verbatim: "--url: ") + error.phrase)
        }
        host = Secret(url.text).shownHost
    }

    /// One that is stored.
    init?(stored text: String) {
        guard let url = try? PublicURL(text) else { return nil }
        self.url = url
        host = Secret(url.text).shownHost
    }
}

extension SuggestedCommands {
    /// Receives events.
    ///
    /// - Parameter host: of the public address, if known: one that is on this machine is where to listen.
    func serveCommand(at host: String? = nil) -> String {
        let own = host.flatMap { ListenAddress($0) }.flatMap { $0.isLoopback ? $0.description : nil }
        return command("serve", "--webhooks", own ?? "127.0.0.1:7071")
    }
}

extension Secret {
    /// The host of an address, with the port if one is written: this much can be shown.
    var shownHost: String {
        guard let parts = URLComponents(string: reveal()), let host = parts.host, !host.isEmpty else {
            return CallbackAddress.unreadable
        }
        return parts.port.map { "\(host):\($0)" } ?? host
    }

    /// Whether events may be passed on to this address: HTTPS, or this machine.
    var canReceiveEvents: Bool {
        guard let address = try? WebAddress(reveal()) else { return false }
        return address.isEncrypted || ["localhost", "[::1]"].contains(address.host) || address.host.hasPrefix("127.")
    }
}

import CampaignCore
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

        var message: Phrase {
            switch self {
            case .unreadable: Phrase("this is not a valid address", "este não é um endereço válido")
            case .otherScheme: Phrase("this address is neither https nor http", "este endereço não é https nem http")
            case .plainHTTP:
                Phrase(
                    "http would send the token unencrypted to another machine",
                    "http enviaria o token sem criptografia para outra máquina")
            case .userInfo:
                Phrase(
                    "this address contains a user name or password",
                    "este endereço contém um nome de usuário ou uma senha")
            case .queryOrFragment:
                Phrase("this address contains a query or a fragment", "este endereço contém uma query ou um fragmento")
            case .instancePath:
                Phrase("this address already names an instance", "este endereço já indica uma instância")
            case .port: Phrase("the port of this address is not valid", "a porta deste endereço não é válida")
            }
        }

        var remedy: Phrase {
            switch self {
            case .unreadable: Phrase("write one such as https://api.z-api.io", "escreva um como https://api.z-api.io")
            case .otherScheme: Phrase("begin it with https://", "comece-o com https://")
            case .plainHTTP:
                Phrase(
                    "write https; http is for 127.0.0.1, [::1] and localhost",
                    "escreva https; http é para 127.0.0.1, [::1] e localhost")
            case .userInfo: Phrase("remove everything up to the @", "remova tudo até o @")
            case .queryOrFragment: Phrase("remove everything from the ? or # on", "remova tudo a partir do ? ou #")
            case .instancePath:
                Phrase(
                    "remove /instances and what follows; id and token have their own keys",
                    "remova /instances e o que vem depois; id e token têm as suas próprias chaves")
            case .port: Phrase("write a port from 1 to 65535", "escreva uma porta de 1 a 65535")
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

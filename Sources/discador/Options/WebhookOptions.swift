import ArgumentParser
import CampaignCore
import Webhooks

/// How `serve` receives webhooks.
struct WebhookOptions: ParsableArguments {
    /// How many connections are taken where the system allows it: each costs some kilobytes.
    private static let connections = 4_096

    @Option(
        help: .text(
            "Receive webhooks here, such as 127.0.0.1:7071; see `discador webhooks set`.",
            "Recebe os webhooks aqui, por exemplo em 127.0.0.1:7071; veja `discador webhooks set`.",
            valueName: "host:port"))
    var webhooks: String?

    @Option(
        help: .text(
            "The certificate for HTTPS, with its chain (PEM).",
            "O certificado para HTTPS, com a cadeia (PEM).", valueName: "file"),
        completion: .file(extensions: ["pem", "crt"]))
    var tlsCert: String?

    @Option(
        help: .text(
            "The certificate's key, without a passphrase (PEM).",
            "A chave do certificado, sem senha (PEM).", valueName: "file"),
        completion: .file(extensions: ["pem", "key"]))
    var tlsKey: String?

    @Flag(
        help: .text(
            "A proxy in front does HTTPS: plain HTTP may be received from other machines too.",
            "Um proxy na frente faz o HTTPS: HTTP simples pode vir também de outras máquinas."))
    var behindProxy = false

    func validate() throws {
        guard (tlsCert == nil) == (tlsKey == nil) else {
            throw Self.error(
                Phrase(
                    "--tls-cert and --tls-key belong together: give both.",
                    "--tls-cert e --tls-key andam juntas: indique as duas."))
        }
        _ = try configuration()
    }

    /// Whether anything is said about how requests are received.
    var saysHow: Bool { tlsCert != nil || tlsKey != nil || behindProxy }

    /// The files for HTTPS; nil for plain HTTP.
    var certificate: CertificateFiles? {
        guard let tlsCert, let tlsKey else { return nil }
        return CertificateFiles(certificate: tlsCert, key: tlsKey)
    }

    /// Nil when no webhooks are to be received.
    func configuration() throws -> WebhookServerConfiguration? {
        guard let webhooks else { return nil }
        guard let address = ListenAddress(webhooks) else {
            throw Self.error(
                Phrase(
                    "--webhooks takes a host and a port, such as 127.0.0.1:7071, not “\(webhooks)”.",
                    "--webhooks aceita um host e uma porta, como 127.0.0.1:7071, e não “\(webhooks)”."))
        }
        var limits = WebhookLimits()
        limits.connections = OpenFileLimit.affordable(incoming: Self.connections)
        do throws(WebhookServerError) {
            return try WebhookServerConfiguration(
                address, certificate: certificate, isBehindProxy: behindProxy, limits: limits)
        } catch {
            throw Self.error(Phrase(of: error))
        }
    }

    private static func error(_ phrase: Phrase) -> ValidationError {
        ValidationError(phrase[SystemEnvironment.language])
    }
}

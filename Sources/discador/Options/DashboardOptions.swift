import ArgumentParser
import CampaignCore
import Dashboard
import Webhooks

/// Where `serve` shows its pages.
struct DashboardOptions: ParsableArguments {
    @Option(
        help: .text(
            "Serve the dashboard and the API here, such as 127.0.0.1:7070.",
            "Serve o painel e a API aqui, por exemplo em 127.0.0.1:7070.", valueName: "host:port"))
    var listen: String?

    @Option(
        help: .text(
            "A name under which browsers reach the dashboard; repeat it for several.",
            "Um nome pelo qual os navegadores chegam ao painel; repita para vários.", valueName: "name"))
    var publicHost: [String] = []

    /// Nil when the dashboard is not served.
    ///
    /// - Parameters:
    ///   - certificate: the files for HTTPS; nil for plain HTTP.
    ///   - isBehindProxy: whether a proxy in front does HTTPS.
    func configuration(
        certificate: CertificateFiles?, isBehindProxy: Bool
    ) throws -> DashboardConfiguration? {
        guard let listen else {
            guard publicHost.isEmpty else {
                throw Self.error(
                    Phrase(
                        "--public-host says how browsers reach --listen: add it.",
                        "--public-host diz como os navegadores chegam a --listen: acrescente essa opção."))
            }
            return nil
        }
        guard let address = ListenAddress(listen) else {
            throw Self.error(
                Phrase(
                    "--listen takes a host and a port, such as 127.0.0.1:7070, not “\(listen)”.",
                    "--listen aceita um host e uma porta, como 127.0.0.1:7070, e não “\(listen)”."))
        }
        guard address.isLoopback || certificate != nil || isBehindProxy else {
            throw Self.error(
                Phrase(
                    "\(address) can be reached from other machines, and plain HTTP would show them sessions and phones: "
                        + "give --tls-cert and --tls-key, or --behind-proxy if a proxy in front does HTTPS.",
                    "\(address) pode ser alcançado de outras máquinas, e HTTP simples mostraria a elas sessões e telefones: "
                        + "indique --tls-cert e --tls-key, ou --behind-proxy se um proxy na frente faz o HTTPS."))
        }
        if isBehindProxy, publicHost.isEmpty {
            throw Self.error(
                Phrase(
                    "Behind a proxy, --public-host names the host that browsers ask for, such as painel.example.com.",
                    "Atrás de um proxy, --public-host diz o host que os navegadores pedem, como painel.example.com."))
        }
        var configuration = DashboardConfiguration(
            host: address.host, port: address.port, isLoopback: address.isLoopback)
        configuration.publicHosts = publicHost
        configuration.certificate = certificate.map { ($0.certificate, $0.key) }
        configuration.isBehindProxy = isBehindProxy
        return configuration
    }

    static func error(_ phrase: Phrase) -> ValidationError {
        ValidationError(phrase[SystemEnvironment.language])
    }
}

import CampaignCore
import ZAPI

extension ConnectionPool {
    private static let proxyVariables = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]

    /// A pool configured by the environment, with as many connections as this process can have: how many are opened is
    /// up to the callers. Certificates of other issuers are trusted if the environment names some. If it names a proxy,
    /// a note says that none is used.
    ///
    /// - Parameters:
    ///   - instances: the instances that are known so far.
    ///   - connections: how many requests may be under way at the same time, as far as is known; a warning says if
    ///     this process cannot have so many connections.
    ///   - output: where warnings go.
    convenience init(for instances: [Instance], connections: Int, output: Output) throws(Failure) {
        Self.noteIgnoredProxy(instances, output)
        if let shortage = OpenFileLimit.shortage(connections: connections) { output.warn(shortage) }
        self.init(
            connections: OpenFileLimit.affordable(connections: .max), trust: try Self.trust(),
            now: SystemEnvironment.now)
    }

    @inline(never)  // see CheckCommand
    private static func trust() throws(Failure) -> TrustedIssuers {
        let environment = SystemEnvironment.environment
        let named = ["SSL_CERT_FILE", "SSL_CERT_DIR"].map { name in environment[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        guard named.contains(where: { $0 != nil }) else { return .system }
        do throws(TrustedIssuers.Unusable) {
            return try TrustedIssuers(file: named[0], folder: named[1])
        } catch {
            let name = error.path == named[0] ? "SSL_CERT_FILE" : "SSL_CERT_DIR"
            throw Failure(
                .usage,
                Phrase(
                    "\(name) names \(error.path), from which no certificates can be read: correct it, or unset it to "
                        + "use those of the system.",
                    "\(name) indica \(error.path), de onde não é possível ler certificados: corrija, ou remova a variável "
                        + "para usar os do sistema."))
        }
    }

    /// A proxy may hold a request and send it later, so calls go to Z-API directly.
    private static func noteIgnoredProxy(_ instances: [Instance], _ output: Output) {
        // A service does not know its instances yet.
        guard instances.isEmpty || instances.contains(where: { $0.baseURL.hasPrefix("https:") }),
            let name = proxyVariables.first(where: { SystemEnvironment.environment[$0]?.isEmpty == false })
        else { return }
        output.note(
            Phrase(
                "note: \(name) is set but not used: discador connects to Z-API, and to the addresses of notify and "
                    + "webhooks, directly. Where only a proxy leads to the internet, it cannot be used.",
                "nota: \(name) está definida, mas não é usada: o discador se conecta diretamente à Z-API e aos endereços "
                    + "de notify e de webhooks. Onde só um proxy leva à internet, ele não pode ser usado."))
    }
}

extension ZAPIClient {
    /// A client with a pool of its own, configured by the environment.
    ///
    /// - Parameters:
    ///   - instances: the instances, in this order.
    ///   - timeout: how long a request may take.
    ///   - connections: the maximum number of concurrent requests.
    ///   - output: where warnings go.
    convenience init(instances: [Instance], timeout: Duration, connections: Int, output: Output) throws(Failure) {
        self.init(
            instances: instances, timeout: timeout,
            pool: try ConnectionPool(for: instances, connections: connections, output: output),
            now: SystemEnvironment.now)
    }
}

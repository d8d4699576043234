/// Where and how the dashboard listens.
package struct DashboardConfiguration: Sendable {
    package var host: String
    /// 0 lets the system choose one.
    package var port: Int
    /// Names under which browsers reach it, beside those of this machine for itself.
    package var publicHosts: [String] = []
    /// The certificate with its chain, and its key, as paths of PEM files; nil for plain HTTP.
    package var certificate: (chain: String, key: String)?
    /// Whether a proxy in front does HTTPS.
    package var isBehindProxy = false
    /// Whether only this machine can connect.
    package var isLoopback: Bool
    /// Open connections; further ones wait.
    package var connections = 256

    package init(host: String, port: Int, isLoopback: Bool) {
        (self.host, self.port, self.isLoopback) = (host, port, isLoopback)
    }

    /// Whether browsers come by HTTPS.
    var isSecure: Bool { certificate != nil || isBehindProxy }
}

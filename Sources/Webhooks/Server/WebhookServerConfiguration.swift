/// How webhooks are received.
package struct WebhookServerConfiguration: Sendable {
    package let address: ListenAddress
    /// The files for HTTPS; nil for plain HTTP.
    package let certificate: CertificateFiles?
    /// Whether a proxy in front does HTTPS; then a path before `/z/` is accepted too.
    package let isBehindProxy: Bool
    package let limits: WebhookLimits

    /// Plain HTTP beyond this machine is refused, unless a proxy is in front: the address is a secret, and so are the
    /// events.
    package init(
        _ address: ListenAddress, certificate: CertificateFiles? = nil, isBehindProxy: Bool = false,
        limits: WebhookLimits = WebhookLimits()
    ) throws(WebhookServerError) {
        guard address.isLoopback || certificate != nil || isBehindProxy else { throw .unprotected(address) }
        self.address = address
        self.certificate = certificate
        self.isBehindProxy = isBehindProxy
        self.limits = limits
    }
}

/// The files of a certificate, in PEM form.
package struct CertificateFiles: Equatable, Sendable {
    /// The certificate, followed by the rest of its chain.
    package var certificate: String
    /// Its private key, without a passphrase.
    package var key: String

    package init(certificate: String, key: String) {
        (self.certificate, self.key) = (certificate, key)
    }
}

/// What a sender may use of this machine.
package struct WebhookLimits: Sendable {
    /// Bytes of a body. Z-API's largest are some tens of kilobytes.
    package var body = 256 * 1_024
    /// From the connection, or the first byte of a further request on it, until the whole request is there.
    package var request: Duration = .seconds(10)
    /// How long an accepted sender's connection may stay open without a request: longer than proxies keep theirs, since a
    /// sender that writes while we close loses the event.
    package var idle: Duration = .seconds(180)
    /// Open connections; further ones wait in the system's queue.
    package var connections = 512
    /// After this time, a sender that has sent no request to a right address gives way when all places are taken.
    package var patience: Duration = .seconds(1)
    /// Events that wait for the inbox at the same time; further ones are answered with 503, and may be lost.
    package var waiting = 4_096
    /// Bytes of their bodies.
    package var waitingBytes = 64 * 1_024 * 1_024

    package init() {}
}

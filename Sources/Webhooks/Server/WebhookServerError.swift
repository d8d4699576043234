package import CampaignCore

/// Why webhooks cannot be received; each message says what is wrong, where, and what to do.
package enum WebhookServerError: Error, Equatable, Explained {
    /// Plain HTTP on an address that others can reach.
    case unprotected(ListenAddress)
    /// A file for HTTPS cannot be used.
    case certificate(path: String, reason: String)
    /// The key is another certificate's.
    case otherKey(CertificateFiles)
    case addressTaken(ListenAddress)
    case cannotListen(ListenAddress, reason: String)

    /// The same in every language.
    package var phrase: Phrase { Phrase(verbatim: description) }

    /// One sentence: what, where, what to do.
    package var description: String {
        switch self {
        case .unprotected(let address):
            "webhooks on \(address) would travel unencrypted, with their secret address: add --tls-cert and --tls-key, add "
                + "--behind-proxy if a proxy does HTTPS, or listen on 127.0.0.1."
        case .certificate(let path, let reason):
            "\(path) cannot be used for HTTPS: \(reason). Give PEM files, the certificate with its chain to --tls-cert and "
                + "its key without a passphrase to --tls-key."
        case .otherKey(let files):
            "the key in \(files.key) does not belong to the certificate in \(files.certificate): give the two that were "
                + "made together."
        case .addressTaken(let address):
            "\(address) is in use by another program: choose another port with --webhooks, or end that program."
        case .cannotListen(let address, let reason):
            "discador cannot listen on \(address): \(reason). Choose another address with --webhooks."
        }
    }
}

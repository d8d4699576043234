package import CampaignCore

/// Why webhooks cannot be received; each message says what is wrong, where, and what to do.
package enum WebhookServerError: Error, Equatable, Explained {
    /// Plain HTTP on an address that others can reach.
    case unprotected(ListenAddress)
    /// A file for HTTPS cannot be used.
    case certificate(path: String, reason: Phrase)
    /// The key is another certificate's.
    case otherKey(CertificateFiles)
    case addressTaken(ListenAddress)
    case cannotListen(ListenAddress, reason: String)

    /// One sentence: what, where, what to do.
    package var phrase: Phrase {
        switch self {
        case .unprotected(let address):
            Phrase(
                "webhooks on \(address) would travel unencrypted, with their secret address: add --tls-cert and --tls-key, add "
                    + "--behind-proxy if a proxy does HTTPS, or listen on 127.0.0.1.",
                "webhooks em \(address) viajariam sem criptografia, com o endereço secreto: acrescente --tls-cert e --tls-key, "
                    + "acrescente --behind-proxy se um proxy faz o HTTPS, ou escute em 127.0.0.1.")
        case .certificate(let path, let reason):
            Phrase(
                "\(path) cannot be used for HTTPS: \(reason.english). Give PEM files, the certificate with its chain to "
                    + "--tls-cert and its key without a passphrase to --tls-key.",
                "\(path) não pode ser usado para HTTPS: \(reason.portuguese). Dê arquivos PEM, o certificado com a cadeia em "
                    + "--tls-cert e a chave sem senha em --tls-key.")
        case .otherKey(let files):
            Phrase(
                "the key in \(files.key) does not belong to the certificate in \(files.certificate): give the two that were "
                    + "made together.",
                "a chave em \(files.key) não pertence ao certificado em \(files.certificate): dê os dois que foram feitos "
                    + "juntos.")
        case .addressTaken(let address):
            Phrase(
                "\(address) is in use by another program: choose another port with --webhooks, or end that program.",
                "\(address) está em uso por outro programa: escolha outra porta com --webhooks, ou encerre esse programa."
            )
        case .cannotListen(let address, let reason):
            Phrase(
                "discador cannot listen on \(address): \(reason). Choose another address with --webhooks.",
                "o discador não consegue escutar em \(address): \(reason). Escolha outro endereço com --webhooks.")
        }
    }
}

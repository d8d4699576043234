import NIOSSL

/// Why there could be no TLS connection, in words.
enum HandshakeFailure {
    static func text(of error: BoringSSLError) -> String {
        let reasons = reasons(of: error)
        if reasons.contains("CERTIFICATE_VERIFY_FAILED") {
            return "the server's certificate is not trusted: it is expired, self-signed, or of an issuer that this "
                + "machine does not know (SSL_CERT_FILE names a file with others)"
        }
        if reasons.contains("WRONG_VERSION_NUMBER") || reasons.contains("HTTP_REQUEST") {
            return "what answers there does not speak TLS: check the address and its port"
        }
        let said = reasons.map { $0.lowercased().split(separator: "_").joined(separator: " ") }
        return "the TLS handshake failed" + (said.isEmpty ? "" : " (\(said.joined(separator: ", ")))")
    }

    /// BoringSSL's own words, such as `CERTIFICATE_VERIFY_FAILED`; it prints an error as
    /// `error:1000007d:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED at file:line`.
    private static func reasons(of error: BoringSSLError) -> [String] {
        switch error {
        case .sslError(let stack), .unknownError(let stack), .invalidSNIName(let stack), .failedToSetALPN(let stack):
            return stack.compactMap { error in
                let text = "\(error)"
                guard let library = text.firstRange(of: "OPENSSL_internal:") else { return nil }
                return String(text[library.upperBound...].prefix { $0 != " " })
            }
        case .syscallError: return ["the connection broke"]
        case .noError, .zeroReturn, .wantRead, .wantWrite, .wantConnect, .wantAccept, .wantX509Lookup,
            .wantCertificateVerify:
            return []
        }
    }
}

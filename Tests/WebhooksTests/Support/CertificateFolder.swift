import Foundation
import Webhooks

/// Files for HTTPS in a temporary folder: a certificate that was made for these tests, its key, another key, and one with
/// a passphrase. None of them protects anything.
enum CertificateFolder {
    static func with(_ body: (CertificateFiles) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "webhooks-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = [
            "certificate.pem": certificate, "certificate.key": key, "other.key": otherKey,
            "encrypted.key": encryptedKey, "empty.pem": "",
        ]
        for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
        try await body(
            CertificateFiles(
                certificate: folder.appending(path: "certificate.pem").path,
                key: folder.appending(path: "certificate.key").path))
    }

    private static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBmzCCAUGgAwIBAgIUedEqlqkrdqq4YkFMBJOOPuVzENswCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNjIzMzczMVoYDzIxMjYxMTAy
        MjMzNzMxWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAASvC4I589/IXPbaDSn0pQPbjSrwyXE2Q4h4oThmxHQKF8eZHdPiSzC+
        zgyX7QfCRn5JIW173PO7w/yfmH9/jlsUo28wbTAdBgNVHQ4EFgQUYl1wAoT1wG5D
        rdmfhHmXSYE1+V0wHwYDVR0jBBgwFoAUYl1wAoT1wG5DrdmfhHmXSYE1+V0wDwYD
        VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
        zj0EAwIDSAAwRQIgUzc6V4A7a8W9s8Y70QX9VRi+NjOmwf/xVvijcjLbhaYCIQCR
        9o1hHjBKDARP5TKJxDAseRuex7O9Muwr5/RQZ737tg==
        -----END CERTIFICATE-----

        """

    private static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg6mQfoLa5Xx3mwAn0
        5pqa3KxM7wanLUcAZf2GTdByvzihRANCAASvC4I589/IXPbaDSn0pQPbjSrwyXE2
        Q4h4oThmxHQKF8eZHdPiSzC+zgyX7QfCRn5JIW173PO7w/yfmH9/jlsU
        -----END PRIVATE KEY-----

        """

    private static let otherKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgSuYSBkzerVu+G0OW
        uAWrtqnZOO4Dq0Co/ywHQovGxcChRANCAAQ+2cQysw8/RpGbAV5UeRuW/aa7xsC7
        zzR+G3z1TVK8EPBsKng1vTvGVjs4oYeoM5Bxm8PHvRWqPnirnnheyyoO
        -----END PRIVATE KEY-----

        """

    private static let encryptedKey = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIHrMFYGCSqGSIb3DQEFDTBJMCgGCSqGSIb3DQEFDDAbBAhsa3vWiCJPrAIBATAM
        BggqhkiG9w0CCQUAMB0GCWCGSAFlAwQBAgQQmVDkiqXAnEATBYUmkNhklASBkJSf
        FJOKhYaQ+J9dUqsohZxvdEIEgJzQyVPq17iVff8Vi5JdDVxNApPLkCyLehzlBtuZ
        Kxwb29uddOuMfhwfdaZYAVZuTXYwURVuzETh/AVsP3IdU2Iz16BEzMrKYzafd79u
        PW5B1a6GSSvVmeuWMtsIC+7+BVlGGHOGQ2Jm8FLLEqfoP29FVTHKW1FCjL9VPw==
        -----END ENCRYPTED PRIVATE KEY-----

        """
}

import Testing

@testable import Dashboard

@Suite struct AllowedHostsTests {
    private let hosts = AllowedHosts(["Painel.clinica.com.br"])

    @Test(arguments: [
        "127.0.0.1:7070", "localhost", "LOCALHOST:80", "[::1]:7070", "[::1]", "painel.clinica.com.br",
        "painel.clinica.com.br.:443",
    ])
    func `its own names are accepted, with any port and in any case`(authority: String) {
        #expect(hosts.contains(authority))
    }

    @Test(arguments: [
        "evil.example", "localhost.evil.example:7070", "127.0.0.1.evil.example", "clinica.com.br", "", ":7070",
        "[::1", "[::1]x", "localhost:7070x", "user@localhost", "localhost:70:70", "0.0.0.0:7070",
    ])
    func `every other name is foreign`(authority: String) {
        #expect(!hosts.contains(authority))
    }

    @Test func `a request without a host is foreign`() {
        #expect(!hosts.contains(nil))
    }
}

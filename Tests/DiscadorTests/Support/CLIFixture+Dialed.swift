import Testing

extension CLIFixture {
    /// A campaign that was dialed to its end: one contact is accepted, two are refused, two got no reply, and one got a
    /// reply without an id.
    static func dialed() async throws -> CLIFixture {
        let cli = try await CLIFixture(phones: [
            "11987654301", "11987654393", "21987654393", "11987654397", "21987654397", "11987654398",
        ])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 3)
        return cli
    }
}

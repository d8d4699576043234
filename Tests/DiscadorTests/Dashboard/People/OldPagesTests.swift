import CampaignCore
import CampaignStore
import Foundation
import Testing
import ZAPISimulator

/// What was shown is what is done: the forms here are as if their pages had been made before the calls.
@Suite(.fewAtATime) struct `Pages that are old` {
    private static let people = "/campaigns/camp/people"
    private static let doubts = "/campaigns/camp/doubts"
    private static let early = "1"

    @Test func `call nobody again and block nobody who was called since, and ask again`() async throws {
        let cli = try await CLIFixture.dialed()
        let served = try await ServedDashboard(cli)
        let ana = served.operating
        let stale = try await ana.post(
            Self.people + "/retry", from: Self.people, ["state": "failed", "seenAt": Self.early])
        #expect(stale.status == 409, "\(stale.text)")
        #expect(stale.text.contains("2 people have been called or added since this was shown"), "\(stale.text)")
        #expect(stale.text.contains("Call 2 people again") && stale.text.contains("name=\"state\" value=\"failed\""))
        #expect(try cli.counts().failed == 2)

        let blocked = try await ana.post(
            Self.people + "/block", from: Self.people, ["state": "failed", "seenAt": Self.early])
        #expect(blocked.status == 409 && blocked.text.contains("look again"), "\(blocked.text)")
        let phone = try #require(PhoneNumber(text: "5511987654393"))
        #expect(try StoreReader(path: cli.database).block(of: phone) == nil)
        let nonsense = try await ana.post(
            Self.people + "/retry", from: Self.people, ["state": "failed", "seenAt": "soon"])
        #expect(nonsense.status == 422)
        #expect(try cli.counts().failed == 2)

        let again = try await ana.post(
            Self.people + "/retry", from: Self.people, ["state": "failed", "seenAt": try Self.seenAt(stale)])
        #expect(again.status == 303)
        #expect(try cli.counts().failed == 0 && cli.counts().ready == 2)
        try await served.stop()
        await cli.simulator.shutdown()
    }

    @Test(arguments: ["called", "not-called"])
    func `resolve no doubt that has come up since, and ask again`(_ resolution: String) async throws {
        let cli = try await CLIFixture.dialed()
        let served = try await ServedDashboard(cli)
        let ana = served.operating
        let stale = try await ana.post(
            Self.doubts + "/resolve", from: Self.doubts,
            ["doubt": "5511987654397", "as": resolution, "sure": "yes", "seenAt": Self.early])
        #expect(stale.status == 409, "\(stale.text)")
        #expect(stale.text.contains("1 person has been called or added since this was shown"), "\(stale.text)")
        #expect(stale.text.contains("name=\"doubt\" value=\"5511987654397\""), "\(stale.text)")
        #expect(try cli.counts().inDoubt == 3)

        let again = try await ana.post(
            Self.doubts + "/resolve", from: Self.doubts,
            ["doubt": "5511987654397", "as": resolution, "sure": "yes", "seenAt": try Self.seenAt(stale)])
        #expect(again.status == 303)
        #expect(try cli.counts().inDoubt == 2)
        let person = try await ana.get(Self.people + "/5521987654397")
        #expect(person.text.contains("name=\"seenAt\""), "\(person.text)")
        try await served.stop()
        await cli.simulator.shutdown()
    }

    /// When the page of a form was made.
    private static func seenAt(_ page: DashboardBrowser.Answer) throws -> String {
        let match = page.text.firstMatch(of: /name="seenAt" value="([0-9]+)"/)
        return try #require(match.map { String($0.output.1) })
    }
}

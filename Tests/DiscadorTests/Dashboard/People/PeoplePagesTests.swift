import CampaignCore
import CampaignStore
import Foundation
import Testing
import ZAPISimulator

/// What is decided on pages about people is what the commands would have done.
@Suite(.fewAtATime) struct `Decisions on pages` {
    private static let people = "/campaigns/camp/people"
    private static let doubts = "/campaigns/camp/doubts"

    @Test func `a filter stays with its action, and whoever may not be called again is not`() async throws {
        let cli = try await CLIFixture.dialed()
        let served = try await ServedDashboard(cli)
        let ana = served.operating
        let failed = try await ana.get(Self.people + "?state=failed")
        #expect(failed.text.contains("5511987654393") && !failed.text.contains("people/5511987654301"))
        let overview = try await ana.get(Self.people + "/retry?state=failed")
        #expect(overview.text.contains("Call 2 people again"), "\(overview.text)")
        #expect(overview.text.contains("name=\"state\" value=\"failed\""))
        let all = try await ana.get(Self.people + "/retry?where=attempts%20%3E%200")
        #expect(all.text.contains("Call 2 people again"), "\(all.text)")
        #expect(try cli.counts().failed == 2, "nothing changes by looking")

        let done = try await ana.post(Self.people + "/retry", from: Self.people, ["state": "failed"])
        #expect(done.status == 303 && done.headers["location"] == Self.people + "?state=failed")
        #expect(try cli.counts().failed == 0 && cli.counts().ready == 2)
        let notice = try await ana.get(Self.people + "?state=failed")
        #expect(notice.text.contains("2 people wait to be called again."), "\(notice.text)")
        let nobody = try await ana.post(Self.people + "/retry", from: Self.people, [:])
        #expect(nobody.status == 422)
        #expect(try await ana.get("/log").text.contains("<code>retry</code>"))
        try await served.stop()
        await cli.simulator.shutdown()
    }

    @Test func `doubts are resolved one by one, chosen, or by reason, and as not called only after a question`()
        async throws
    {
        let cli = try await CLIFixture.dialed()
        let served = try await ServedDashboard(cli)
        let ana = served.operating
        let list = try await ana.get(Self.doubts)
        #expect(list.text.contains("5511987654397") && list.text.contains("5511987654398"), "\(list.text)")
        #expect(try cli.counts().inDoubt == 3)

        let chosen = ["doubt": "5511987654397", "as": "not-called"] as KeyValuePairs
        let question = try await ana.post(Self.doubts + "/resolve", from: Self.doubts, chosen)
        #expect(question.status == 200 && question.text.contains("would then be called twice"), "\(question.text)")
        #expect(try cli.counts().inDoubt == 3)
        let sure = try await ana.post(
            Self.doubts + "/resolve", from: Self.doubts,
            ["doubt": "5511987654397", "as": "not-called", "sure": "yes"])
        #expect(sure.status == 303)
        #expect(try cli.counts().inDoubt == 2 && cli.counts().ready == 1)

        let byReason = try await ana.get(Self.doubts + "/resolve?reason=no_reply&as=called")
        let numbers = byReason.text.firstMatch(of: /name="doubt" value="([0-9 ]+)"/).map { String($0.output.1) }
        #expect(numbers == "5521987654397", "\(byReason.text)")
        let rang = try await ana.post(
            Self.doubts + "/resolve", from: Self.doubts, ["doubt": numbers ?? "", "as": "called"])
        #expect(rang.status == 303)
        #expect(try cli.counts().inDoubt == 1 && cli.counts().ready == 1)
        let nonsense = try await ana.post(
            Self.doubts + "/resolve", from: Self.doubts, ["doubt": "x", "as": "called"])
        #expect(nonsense.status == 422)
        try await served.stop()
        await cli.simulator.shutdown()
    }

    @Test func `the page of a person says what why says, and puts them on the do-not-call list and off again`()
        async throws
    {
        let cli = try await CLIFixture.dialed()
        let served = try await ServedDashboard(cli)
        let ana = served.operating
        let person = Self.people + "/5511987654393"
        let page = try await ana.get(person)
        #expect(page.text.contains("Pessoa 1") && page.text.contains("Attempt 1"), "\(page.text)")
        let added = try await ana.post("/blocks", from: person, ["numbers": "+5511987654393", "back": person])
        #expect(added.status == 303 && added.headers["location"] == person)
        #expect(try StoreReader(path: cli.database).block(of: try Self.phone("5511987654393")) != nil)
        let blocked = try await ana.get(person)
        #expect(blocked.text.contains("do-not-call list since") && blocked.text.contains("/blocks/remove?phone="))

        let removal = try await ana.get("/blocks/remove?phone=%2B5511987654393")
        #expect(removal.status == 200 && removal.text.contains("may be called again"), "\(removal.text)")
        let removed = try await ana.post("/blocks/remove", from: person, ["phone": "+5511987654393"])
        #expect(removed.status == 303)
        #expect(try StoreReader(path: cli.database).block(of: try Self.phone("5511987654393")) == nil)
        let elsewhere = try await ana.post(
            "/blocks", from: person, ["numbers": "11987654393", "back": "//example.com"])
        #expect(elsewhere.headers["location"] == "/")

        let several = try await ana.post(Self.people + "/block", from: Self.people, ["state": "in_doubt"])
        #expect(several.status == 303)
        for phone in ["5511987654397", "5521987654397", "5511987654398"] {
            #expect(try StoreReader(path: cli.database).block(of: try Self.phone(phone)) != nil)
        }
        #expect(try await ana.get(Self.people + "/~999").status == 404)
        #expect(try await ana.get("/campaigns/nenhuma/people").status == 404)
        #expect(try await ana.get(Self.people + "/ninguem").status == 422)
        try await served.stop()
        await cli.simulator.shutdown()
    }

    @Test func `a reply is decided on its page, and dismissed only after a question`() async throws {
        let cli = try await `The list of replies`.cli()
        let served = try await ServedDashboard(cli)
        let ana = served.operating
        let replies = try await ana.get("/replies")
        #expect(replies.text.contains("quem é você?") && !replies.text.contains("SAIR"), "\(replies.text)")
        let match = replies.text.firstMatch(of: /name="reply" value="([0-9]+)"/)
        let id = try #require(match.map { String($0.output.1) })
        let question = try await ana.post("/replies/decide", from: "/replies", ["reply": id, "as": "dismissed"])
        #expect(question.status == 200 && question.text.contains("no wish not to be called"), "\(question.text)")
        #expect(try StoreReader(path: cli.database).replyCount(ReplyChoice(isUndecided: true)) == 2)
        let sure = try await ana.post(
            "/replies/decide", from: "/replies", ["reply": id, "as": "dismissed", "sure": "yes"])
        #expect(sure.status == 303)
        #expect(try StoreReader(path: cli.database).replyCount(ReplyChoice(isUndecided: true)) == 1)
        #expect(try await ana.get("/replies?all=yes").text.contains("dismissed by ana"))
        try await served.stop()
        await cli.simulator.shutdown()
    }

    @Test func `a page that was shown before the person asked for no more calls takes nobody off the list`()
        async throws
    {
        let cli = try await `The list of replies`.cli()
        let served = try await ServedDashboard(cli)
        let ana = served.operating
        let phone = try Self.phone("5511987654301")
        let blocked = try await ana.post("/blocks", from: "/blocks", ["numbers": "+5511987654301", "reason": "typo"])
        #expect(blocked.status == 303)
        let shown = try await ana.get("/blocks/remove?phone=%2B5511987654301")
        #expect(Self.seen(shown.text) == "" && !shown.text.contains("asked not to be called"), "\(shown.text)")
        var choice = ReplyChoice(isUndecided: true)
        choice.people = [phone]
        var reply: Int64?
        try StoreReader(path: cli.database).forEachReply(choice) { reply = $0.id }
        let id = try #require(reply)
        let decided = try await ana.post("/replies/decide", from: "/replies", ["reply": "\(id)", "as": "blocked"])
        #expect(decided.status == 303, "\(decided.text)")

        let form = ["phone": "+5511987654301", "seenReplies": "", "seenNumbers": "", "requeue": "yes"] as KeyValuePairs
        let stale = try await ana.post("/blocks/remove", from: "/blocks", form)
        #expect(stale.status == 409 && stale.text.contains("It is still on the list"), "\(stale.text)")
        #expect(stale.text.contains("asked not to be called. ") && Self.seen(stale.text) == "\(id)", "\(stale.text)")
        #expect(try StoreReader(path: cli.database).block(of: phone) != nil)
        #expect(try await ana.get("/blocks").text.contains("typo; reply, decided by ana"))
        let sure = try await ana.post(
            "/blocks/remove", from: "/blocks",
            ["phone": "+5511987654301", "seenReplies": "\(id)", "seenNumbers": ""])
        #expect(sure.status == 303, "\(sure.text)")
        #expect(try StoreReader(path: cli.database).block(of: phone) == nil)
        try await served.stop()
        await cli.simulator.shutdown()
    }

    /// The replies that a page has shown, as its form carries them.
    private static func seen(_ text: String) -> String? {
        text.firstMatch(of: /name="seenReplies" value="([0-9 ]*)"/).map { String($0.output.1) }
    }

    private static func phone(_ text: String) throws -> PhoneNumber { try #require(PhoneNumber(text: text)) }
}

import CampaignCore
import Testing

@Suite("Refusals in a row that nobody can explain") struct RefusalRowTests {
    struct Row: Sendable, CustomTestStringConvertible {
        /// `u` unknown, `g` a gateway's, `c` about the call, `a` accepted, `d` in doubt; a digit is the text.
        var replies: String
        /// `f` failed, `b` requeued, `-` neither.
        var fates: String
        var isInstances: Bool
        var testDescription: String { replies }
    }

    static let table = [
        Row(replies: "u1", fates: "f", isInstances: false),
        Row(replies: "u1 u1", fates: "ff", isInstances: false),
        Row(replies: "u1 u1 u1", fates: "fff", isInstances: true),
        Row(replies: "u1 u1 u1 u1 u2", fates: "fffbb", isInstances: true),
        Row(replies: "u1 u1 a1 u1 u1", fates: "ff-ff", isInstances: false),
        Row(replies: "u1 u1 a1 u1 u1 u1", fates: "ff-fff", isInstances: true),
        // A contact refused for its own reason stays failed, and says nothing about the instance.
        Row(replies: "u1 c1 u1 c1 u1", fates: "fffff", isInstances: true),
        Row(replies: "c1 c1 c1 c1 c1 c1 c1", fates: "fffffff", isInstances: false),
        Row(replies: "u1 u1 u1 c1", fates: "ffff", isInstances: true),
        Row(replies: "u1 d1 u1 d1 u1", fates: "f-f-f", isInstances: true),
        // Words about the call may mean the account's own phone: many refusals in a row are the instance's fault.
        Row(replies: row("c1", 9), fates: "fffffffff", isInstances: false),
        Row(replies: row("c1", 10), fates: "ffffffffff", isInstances: true),
        Row(replies: row("c1", 9) + " a1 " + row("c1", 9), fates: "fffffffff-fffffffff", isInstances: false),
        Row(replies: row("c1 c2", 9), fates: String(repeating: "f", count: 18), isInstances: false),
        Row(replies: row("c1 c2", 9) + " c2", fates: String(repeating: "f", count: 19), isInstances: true),
        Row(replies: row("c1", 10) + " u1 c1 c2 g1", fates: "ffffffffff" + "bfff", isInstances: true),
        Row(replies: "u1 u1 " + row("c1", 9) + " u1", fates: String(repeating: "f", count: 12), isInstances: true),
        // Texts that change.
        Row(replies: "u1 u2 u1 u2 u1", fates: "fffff", isInstances: true),
        Row(replies: "u1 u2 u3 u4 u5", fates: "fffff", isInstances: false),
        Row(replies: "u1 u2 u3 u4 u5 u6", fates: "ffffff", isInstances: true),
        // A gateway may answer after the ring: no contact is requeued.
        Row(replies: "g1 g1 g1 g1", fates: "ffff", isInstances: true),
        Row(replies: "g1 g1 u1", fates: "fff", isInstances: true),
        Row(replies: "g1 g1 g1 u1 g1", fates: "fffbf", isInstances: true),
        // Calls that were under way: an accepted one now clears the others.
        Row(replies: "u1 u1 u1 u1 c1 u2 a1 u1", fates: "fffbfb-f", isInstances: false),
    ]

    private static func row(_ replies: String, _ count: Int) -> String {
        Array(repeating: replies, count: count).joined(separator: " ")
    }

    @Test(arguments: table) func `are the instance's, and the later contacts keep their places`(row: Row) {
        var refusals = RefusalStreak()
        var fates = ""
        for (contact, reply) in row.replies.split(separator: " ").enumerated() {
            switch refusals.judge(Self.reply(reply), of: Int64(contact)).verdict {
            case .refused: fates += "f"
            case .misconfigured: fates += "b"
            case .accepted, .inDoubt, .notSent, .heldBack, .throttled, .disconnected: fates += "-"
            }
        }
        #expect(fates == row.fates)
        #expect((refusals.reason != nil) == row.isInstances)
    }

    @Test(arguments: ["u1", "c1"]) func `are of different contacts`(reply: Substring) {
        var refusals = RefusalStreak()
        for _ in 0..<30 { #expect(refusals.judge(Self.reply(reply), of: 7).verdict == .refused) }
        #expect(refusals.reason == nil)
    }

    @Test func `are alike whatever numbers and ids they name`() {
        var refusals = RefusalStreak()
        for (contact, text) in ["Oops (id 7f3a1)", "OOPS: id 81bb2.", "oops id 9"].enumerated() {
            #expect(refusals.reason == nil)
            let reply = CallReply(verdict: .refused, httpStatus: 400, error: text, subject: .unknown)
            #expect(refusals.judge(reply, of: Int64(contact)) == reply)
        }
        #expect(refusals.reason?.hasPrefix("oops id 9 (") == true)
        #expect(refusals.reason.map(RefusalStreak.isRecorded) == true)
    }

    struct Trial: Sendable, CustomTestStringConvertible {
        /// What was said to the earlier run and to this one.
        var earlier, replies: String
        /// How many replies of this run it takes until the instance is at fault again; nil means never.
        var isInstanceAfter: Int?
        var testDescription: String { "\(earlier) | \(replies)" }
    }

    @Test(arguments: [
        Trial(earlier: row("u1", 3), replies: "u1 u1", isInstanceAfter: 1),
        Trial(earlier: row("g1", 3), replies: "g1 g1", isInstanceAfter: 1),
        Trial(earlier: row("u1", 3), replies: "u2 u1", isInstanceAfter: 1),
        Trial(earlier: "u1 u2 u3 u4 u5 u6", replies: "u2", isInstanceAfter: 1),
        Trial(earlier: row("c1", 10), replies: "c1", isInstanceAfter: 1),
        Trial(earlier: row("c1", 10), replies: row("c2", 12), isInstanceAfter: 10),
        Trial(earlier: row("u1", 3), replies: "c2 d1 u1", isInstanceAfter: 3),
        // Accepted: as if there had been no streak.
        Trial(earlier: row("u1", 3), replies: "a1 u1 u1 u1", isInstanceAfter: 4),
        Trial(earlier: row("u1", 3), replies: "d1 c2 c2 d1", isInstanceAfter: nil),
        Trial(earlier: "u1 u1", replies: "u1 u1 u1", isInstanceAfter: 3),
    ]) func `of an earlier run are ended by a single further one`(trial: Trial) {
        var refusals = RefusalStreak()
        for (contact, reply) in trial.earlier.split(separator: " ").enumerated() {
            _ = refusals.judge(Self.reply(reply), of: Int64(contact))
        }
        // Whatever has happened to the instance since then.
        for troubles in [[], ["not connected"], ["not connected", "no answer; before that: nothing"]] {
            var left = refusals.reason
            for trouble in troubles { left = RefusalStreak(leftIn: left).kept(trouble) }
            var row = RefusalStreak(leftIn: left)
            #expect(row.isOnTrial == (refusals.reason != nil))
            var ends: Int?
            for (index, reply) in trial.replies.split(separator: " ").enumerated() {
                _ = row.judge(Self.reply(reply), of: Int64(100 + index))
                if ends == nil, row.reason != nil { ends = index + 1 }
            }
            #expect(ends == trial.isInstanceAfter)
        }
    }

    @Test(arguments: [nil, "", "You are not connected. (connect the instance's phone at Z-API)"])
    func `are none where an earlier run left the instance for another reason`(condition: String?) {
        #expect(RefusalStreak(leftIn: condition) == RefusalStreak())
        #expect(RefusalStreak(leftIn: condition).kept("gone") == "gone")
    }

    @Test func `cost a long run no memory`() {
        var refusals = RefusalStreak()
        for contact in 0..<1_000 { _ = refusals.judge(Self.reply("u\(contact % 6 + 1)"), of: Int64(contact)) }
        let known = refusals
        for contact in 0..<1_000 { _ = refusals.judge(Self.reply("u\(contact % 6 + 1)"), of: Int64(contact)) }
        #expect(refusals == known)
    }

    @Test func `about the calls are not kept forever`() {
        var refusals = RefusalStreak()
        for contact in 0..<1_000 {
            let name = String(repeating: "x", count: contact % 100 + 1)
            let reply = CallReply(verdict: .refused, httpStatus: 400, error: "phone \(name)", subject: .call)
            #expect(refusals.judge(reply, of: Int64(contact)) == reply)
        }
        #expect(refusals.reason == nil)
    }

    private static func reply(_ code: Substring) -> CallReply {
        let text = ["one", "two", "three", "four", "five", "six"][(code.last?.wholeNumberValue ?? 1) - 1]
        return switch code.first {
        case "a": CallReply(verdict: .accepted(CallReceipt(zaapId: "Z", messageId: nil)))
        case "d": CallReply(verdict: .inDoubt(.noReply), error: text)
        case "c": CallReply(verdict: .refused, error: text)
        case "g": CallReply(verdict: .refused, error: text, subject: .gateway)
        default: CallReply(verdict: .refused, error: text, subject: .unknown)
        }
    }
}

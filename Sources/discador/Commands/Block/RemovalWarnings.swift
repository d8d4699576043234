import CampaignCore
import CampaignStore

/// What speaks against taking numbers off the do-not-call list.
struct RemovalWarnings {
    /// Other numbers that would be taken off too, a sentence each.
    private(set) var others: [Phrase] = []
    /// What people have written who asked not to be called.
    private(set) var wishes: [Phrase] = []
    /// The same, for the removal that is decided with these in view.
    private(set) var known = RemovalObjections()

    @inline(never)  // see `RunLoop.open`
    init(_ reader: StoreReader, of numbers: [PhoneNumber], _ clock: LocalClock) throws {
        var given = Set(numbers.map(\.identity))
        var choice = ReplyChoice()
        choice.people = []
        for number in numbers {
            let entries = try reader.blocks(ofPersonWith: number)
            if !entries.isEmpty { choice.people?.append(number) }
            // An `@lid` is how WhatsApp names somebody whose phone is given: it is removed without a question.
            for entry in entries
            where !entry.phone.isLid && !entry.phone.isForgotten && given.insert(entry.phone.identity).inserted {
                known.others.append(entry.phone.identity)
                others.append(
                    Phrase(
                        "\(entry.phone.spelled) is the same person's as \(number.spelled), and would be removed too.",
                        "\(entry.phone.spelled) é da mesma pessoa que \(number.spelled) e também seria retirado."))
            }
        }
        try reader.forEachReply(choice) { reply in
            guard reply.level == .optOut || reply.decision?.word == .blocked else { return }
            known.replies.append(reply.id)
            let asked = Phrase(" asked not to be called. ", " pediu para não receber ligações. ")
            wishes.append(Phrase(verbatim: reply.person.text) + asked + reply.phrase(clock))
        }
    }

    var all: [Phrase] { others + wishes }
}

import CampaignCore
import CampaignStore
import Dashboard

/// The pages about the do-not-call list, from the database.
struct StoredBlocks: BlocksSource {
    /// Numbers of a page.
    private static let pageSize = 100
    /// Numbers that are named after they were added.
    private static let mostNamed = 5

    let reads: StoreReads
    let operations: DashboardOperations

    func blocks(after: String?, for viewer: Viewer) async throws -> BlockList {
        // Where a page ends is a number, too: whoever does not see them sees one page.
        let last = viewer.seesPhones ? after.flatMap { Int64($0) }.flatMap { PhoneNumber(value: $0) } : nil
        return try await reads { reader in
            var list = BlockList()
            let clock = try viewer.clock(reader)
            let entries = try reader.blocks(after: last, limit: Self.pageSize)
            list.entries = entries.map { Self.entry($0, viewer, clock) }
            if viewer.seesPhones, entries.count == Self.pageSize {
                list.next = entries.last.map { "\($0.phone.value)" }
            }
            list.times = clock.name
            return list
        }
    }

    func block(of number: String, for viewer: Viewer) async throws -> BlockList.Entry? {
        // Whoever does not see numbers does not learn of one that it is there.
        guard viewer.seesPhones else { throw DashboardError.notAllowed }
        let number = try Self.number(number)
        return try await reads { reader in
            let clock = try viewer.clock(reader)
            return try reader.block(of: number).map { Self.entry($0, viewer, clock) }
        }
    }

    private static func entry(_ entry: BlockEntry, _ viewer: Viewer, _ clock: LocalClock) -> BlockList.Entry {
        let isKnown = viewer.seesPhones && !entry.phone.isForgotten
        return BlockList.Entry(
            phone: viewer.shown(entry.phone), number: isKnown ? WrittenNumber.text(entry.phone) : nil,
            since: clock.text(entry.since, withSeconds: false), reason: viewer.shown(Phrase(recorded: entry.reason)))
    }

    private static func number(_ text: String) throws -> PhoneNumber {
        guard case .success(let number) = WrittenNumber.read(text) else { throw PeopleReading.noNumber(text) }
        return number
    }

    // MARK: Adding

    func add(_ lines: [String], reason: String, by actor: Actor) async throws -> AddedBlocks {
        var (added, numbers) = (AddedBlocks(), [PhoneNumber]())
        for line in lines {
            switch WrittenNumber.read(line) {
            case .success(let number): numbers.append(number)
            case .failure(let problem):
                added.bad.append((line, Self.remedy(problem)))
            }
        }
        guard !numbers.isEmpty else { return added }
        let totals = try await operations.perform(AddBlocks(numbers: numbers, reason: reason), by: actor)
        added.done = Self.named(numbers) + Phrase(verbatim: " ") + totals.text
        return added
    }

    /// What to do about a line, which is no cell of a list.
    private static func remedy(_ problem: PhoneProblem) -> Phrase {
        switch problem {
        case .letters: Phrase("Write only the number.", "Escreva só o número.")
        case .twoNumbers:
            Phrase("Write each number on a line of its own.", "Escreva cada número em uma linha própria.")
        default: problem.remedy
        }
    }

    /// How the numbers were read, so that a typo that makes one another number is noticed.
    private static func named(_ numbers: [PhoneNumber]) -> Phrase {
        let more = numbers.count - mostNamed
        let names = Phrase(verbatim: numbers.prefix(mostNamed).map(\.spelled).joined(separator: ", "))
        let rest = more > 0 ? Phrase(" and \(more) more", " e mais \(more)") : Phrase(verbatim: "")
        return names + rest
            + Phrase(
                numbers.count == 1 ? " is on the do-not-call list." : " are on the do-not-call list.",
                numbers.count == 1 ? " está na lista de não ligar." : " estão na lista de não ligar.")
    }

    // MARK: Removing

    func removal(of number: String) async throws -> BlockRemoval? {
        let number = try Self.number(number)
        return try await reads { reader in
            guard try reader.block(of: number) != nil || !reader.blocks(ofPersonWith: number).isEmpty else {
                return nil
            }
            var removal = BlockRemoval()
            (removal.phone, removal.number) = (number.spelled, WrittenNumber.text(number))
            let warnings = try RemovalWarnings(reader, of: [number], LocalClock.machine)
            removal.warnings = warnings.all
            removal.known = ShownObjections(replies: warnings.known.replies, others: warnings.known.others)
            let persons = try reader.blocks(ofPersonWith: number).map(\.phone)
            removal.excluded = try reader.excludedContacts(blockedBy: persons + [number]).map { campaign in
                (campaign.campaign, campaign.phones.map(\.spelled))
            }
            return removal
        }
    }

    func remove(
        _ number: String, requeues: Bool, knowing known: ShownObjections, by actor: Actor
    ) async throws -> BlockRemovalOutcome {
        let operation = RemoveBlocks(
            numbers: [try Self.number(number)], requeues: requeues,
            known: RemovalObjections(replies: known.replies, others: known.others))
        let totals = try await operations.perform(operation, by: actor)
        return totals.kept.isEmpty ? .removed(Self.done(totals)) : .kept
    }

    private static func done(_ totals: UnblockTotals) -> Phrase {
        let count = totals.removed.count
        let done = Phrase(
            "\(count) removed from the do-not-call list.", "\(count.counted("retirado")) da lista de não ligar.")
        if totals.requeued > 0 {
            return done + Phrase(verbatim: " ") + .counted(totals.requeued, .contact)
                + Phrase(
                    " may be called again.",
                    " \(totals.requeued.noun("pode", "podem")) receber ligações de novo.")
        }
        guard totals.excluded > 0 else { return done }
        return done
            + Phrase(
                " \(totals.excluded.counted("contact")) \(totals.excluded.noun("stays", "stay")) excluded.",
                " \(totals.excluded.counted("contato continua excluído", "contatos continuam excluídos")).")
    }
}

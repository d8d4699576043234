package import CampaignCore
import GRDB

extension CampaignStore {
    /// How a person resolved a doubt.
    package enum Resolution: String, CaseIterable, Sendable, Codable {
        /// The phone rang: the contact is done.
        case called
        /// The phone did not ring: the contact may be dialed again.
        case notCalled = "not-called"
    }

    /// The reason of contacts whose doubt a person resolved as called.
    package static let confirmedReason = "confirmed"

    /// Resolves doubts of a campaign; contacts that are not in doubt are left alone. Many doubts are resolved in
    /// slices, each checked against the do-not-call list at that moment.
    ///
    /// - Parameter seenAt: when somebody was shown the doubts that they resolve: one that is about a later call is another
    ///   doubt, and is left alone. Nil: nobody was shown anything.
    /// - Throws: ``StoreError`` or ``InterruptedOperation/cancelledMeanwhile(campaign:)``; doubts resolved before that
    ///   stay resolved.
    package func resolve(
        campaign name: String, _ choice: DoubtChoice, as resolution: Resolution, seenAt: Timestamp? = nil
    ) async throws -> ResolvedDoubts {
        let (campaign, cancels) = try await readyToRequeue(name)
        let blocked = BlockedContacts([campaign], following: blockFeed)
        let chosen = try await readSnapshot { db in
            if resolution == .notCalled { try blocked.read(db) }
            return try ChosenDoubts(db, campaign: campaign, choice)
        }
        var done = ResolvedDoubts(resolved: [], excluded: 0, notInDoubt: chosen.missed)
        done.aboutOthers = chosen.aboutOthers
        var rest = chosen.doubts[...]
        while !rest.isEmpty {
            let slice = rest.prefix(sliceLimits.rows)
            rest = rest.dropFirst(slice.count)
            let more: ResolvedDoubts? = try await writeSlice { db in
                guard try resolution == .called || CancelRows.count(db, campaign) == cancels else { return nil }
                try blocked.catchUp(db)
                return try Self.resolve(db, slice, as: resolution, seenAt: seenAt, blocked)
            }
            guard let more else { throw InterruptedOperation.cancelledMeanwhile(campaign: name) }
            done += more
        }
        return done
    }

    private static func resolve(
        _ db: Database, _ doubts: ArraySlice<ChosenDoubt>, as resolution: Resolution, seenAt: Timestamp?,
        _ blocked: BlockedContacts
    ) throws -> ResolvedDoubts {
        var done = ResolvedDoubts(resolved: [], excluded: 0, notInDoubt: [])
        // By rowid. Not a contact that was resolved since it was chosen and is in doubt again.
        let update = try db.cachedStatement(
            sql: """
                UPDATE contact_row SET state = 'accepted', reason = :reason, due_at = 0, throttles_in_a_row = 0
                WHERE id = :contact AND state = 'in_doubt' AND attempts = :attempts
                """)
        for doubt in doubts {
            if let seenAt, try SinceShown.hasChanged(db, doubt.id, since: seenAt) {
                done.calledSince += 1
                continue
            }
            try update.execute(
                arguments: ["reason": confirmedReason, "contact": doubt.id, "attempts": doubt.attempts])
            guard db.changesCount > 0 else {
                done.notInDoubt.append(doubt.phone)
                continue
            }
            done.resolved.append(doubt.phone)
            guard resolution == .notCalled else { continue }
            try PastCallRows.release(db, PastCallRows.calls(db, of: doubt.id).doubts, of: doubt.id)
            switch try ContactStandings.putBack(db, doubt.id, isBlocked: blocked.contains(db, doubt.id), .anew) {
            case .ready: break
            case .excluded(.doNotCall): done.excluded += 1
            case .excluded: done.outdated += 1
            case .called: done.called += 1
            }
        }
        return done
    }
}

/// Which doubts of a campaign to resolve.
package enum DoubtChoice: Hashable, Sendable, Codable {
    /// All of them.
    case all
    /// The doubts of these numbers, however they are written.
    case numbers([PhoneNumber])
    /// Doubts that match a filter; contacts that are not in doubt never match.
    case matching(ContactFilter)
}

/// The result of resolving doubts.
package struct ResolvedDoubts: Hashable, Sendable, Codable {
    /// The numbers whose doubts were resolved, as they are dialed.
    package var resolved: [PhoneNumber]
    /// How many of them did not ring and are excluded because they are on the do-not-call list.
    package var excluded: Int
    /// How many of them did not ring and are excluded because their campaign has been cancelled, or their list replaced.
    package var outdated = 0
    /// How many of them have another call that went out, and are accepted.
    package var called = 0
    /// Numbers that were given and are not in doubt.
    package var notInDoubt: [PhoneNumber]
    /// Of these, the numbers of contacts whose doubt is about calls to other numbers of their row.
    package var aboutOthers: [DoubtAboutOthers] = []
    /// How many were left alone, because they were called or imported since they were shown.
    package var calledSince = 0

    static func += (done: inout ResolvedDoubts, more: ResolvedDoubts) {
        done.resolved += more.resolved
        done.excluded += more.excluded
        done.outdated += more.outdated
        done.called += more.called
        done.notInDoubt += more.notInDoubt
        done.aboutOthers += more.aboutOthers
        done.calledSince += more.calledSince
    }
}

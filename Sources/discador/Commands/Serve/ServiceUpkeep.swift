import CampaignCore
import CampaignStore
import Logging

/// What a service does now and then, besides dialing: it says when nothing is heard of an instance's calls, and removes
/// the bodies of old events, the minutes of old calls, and what has expired of those who sign in.
struct ServiceUpkeep: Sendable {
    private static let interval = Duration.seconds(300)

    let store: CampaignStore
    let logger: Logger
    var now: @Sendable () -> Timestamp = SystemEnvironment.now

    /// Looks every few minutes, until it is cancelled.
    func run(on clock: some Clock<Duration>) async {
        var silence = SilenceWatch()
        var prunedAt: Timestamp?
        repeat {
            let now = self.now()
            await look(&silence, at: now)
            if prunedAt.map({ $0.duration(to: now) >= Self.day }) ?? true {
                await prune(at: now)
                await pruneAccess(at: now)
                await pruneSeries(at: now)
                await forgetOld(at: now)
                prunedAt = now
            }
            UploadFolder(ofDatabase: store.path).removeLeftovers(olderThan: Self.day, now: now)
            // What was erased while campaigns were dialed.
            _ = try? await store.removeTraces()
        } while (try? await clock.sleep(for: Self.interval)) != nil
    }

    private static let day = Duration.seconds(24 * 3600)

    private func look(_ silence: inout SilenceWatch, at now: Timestamp) async {
        // Whoever dials says what is wrong with the database.
        guard let heard = try? store.reader().hearing(now: now) else { return }
        for hearing in silence.alarms(heard, at: now) {
            logger.warning(
                "nothing is heard of an instance's calls: try `discador webhooks test`",
                metadata: [
                    "instance": "\(hearing.name)", "calls": "\(hearing.callsSince)",
                    "lastEventAt": "\(hearing.lastCallEventAt.map { TimeText.iso($0) } ?? "never")",
                ])
        }
    }

    /// What is about people in campaigns whose files say how long it is kept (`retention`).
    private func forgetOld(at now: Timestamp) async {
        do {
            let pruned = try await store.pruneContacts(before: nil, now: now)
            for path in try await ErasedFiles.end(store).removed {
                logger.info("a file of rejected rows was removed", metadata: ["path": "\(path)"])
            }
            guard pruned.contacts + pruned.rejected > 0 else { return }
            logger.info(
                "old contacts were forgotten",
                metadata: ["contacts": "\(pruned.contacts)", "rejected": "\(pruned.rejected)"])
        } catch {
            logger.error("old contacts cannot be forgotten", metadata: ["reason": "\(Phrase(error).english)"])
        }
    }

    /// Sessions and links that have expired, and old replies of the API.
    private func pruneAccess(at now: Timestamp) async {
        do throws(StoreError) {
            try await store.pruneAccess(now: now)
        } catch {
            logger.error("expired sessions cannot be removed", metadata: ["reason": "\(error)"])
        }
    }

    /// Of old calls only the hours are kept.
    private func pruneSeries(at now: Timestamp) async {
        do throws(StoreError) {
            try await store.pruneSeries(before: now.advanced(by: .zero - CampaignStore.minutesAreKept))
        } catch {
            logger.error("old figures cannot be removed", metadata: ["reason": "\(error)"])
        }
    }

    /// In slices, so that calls and webhooks hardly wait.
    private func prune(at now: Timestamp) async {
        let moment = now.advanced(by: .zero - CampaignStore.eventsAreKept)
        do throws(StoreError) {
            let pruned = try await store.pruneEvents(before: moment)
            guard pruned.bodies + pruned.events + pruned.replies > 0 else { return }
            logger.info(
                "old events were removed",
                metadata: [
                    "bodies": "\(pruned.bodies)", "events": "\(pruned.events)", "replies": "\(pruned.replies)",
                ])
        } catch {
            logger.error("old events cannot be removed", metadata: ["reason": "\(error)"])
        }
    }
}

/// Which instances are to be reported as silent, each at most once an hour.
struct SilenceWatch {
    /// So many calls, and so much time, without any event about a call.
    private static let fewestCalls = 10
    private static let shortest = Duration.seconds(1800)
    private static let pause = Duration.seconds(3600)

    /// When each was last reported, by its id.
    private var reported: [String: Timestamp] = [:]

    mutating func alarms(_ heard: [InstanceHearing], at now: Timestamp) -> [InstanceHearing] {
        let silent = heard.filter {
            $0.callsSince >= Self.fewestCalls && $0.since.duration(to: now) >= Self.shortest
        }
        // One that was heard of since is reported at once when it falls silent again.
        reported = reported.filter { id, _ in silent.contains { $0.instance == id } }
        let due = silent.filter { hearing in
            reported[hearing.instance].map { $0.duration(to: now) >= Self.pause } ?? true
        }
        for hearing in due { reported[hearing.instance] = now }
        return due
    }
}

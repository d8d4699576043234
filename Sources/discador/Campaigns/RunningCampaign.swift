import CampaignCore
import CampaignStore
import Glibc

/// The process that dials a campaign at present, as far as another process can deal with it: by signals.
struct RunningCampaign {
    let holder: WriterLock.Holder
    let database: String

    /// The run of `campaign` on this machine; nil when nobody writes to the database.
    ///
    /// - Throws: when the database is held, but not by a run of this campaign on this machine.
    init?(of campaign: String, database: String) throws {
        guard let holder = WriterLock.holder(ofDatabase: database) else { return nil }
        guard holder.command == "run \(campaign)", holder.host == Surroundings.host() else {
            throw QueueError.held(path: database, holder: holder.description)
        }
        self.holder = holder
        self.database = database
    }

    /// Asks the run to drain and waits until it has let go of the database.
    func drain() async throws {
        guard kill(holder.pid, SIGTERM) == 0 || errno == ESRCH else {
            throw Failure(
                .unexpected, "Process \(holder.pid) cannot be signalled: run this as the user who started it.")
        }
        while let now = WriterLock.holder(ofDatabase: database), now == holder {
            try await Surroundings.clock.sleep(for: .milliseconds(50))
        }
    }
}

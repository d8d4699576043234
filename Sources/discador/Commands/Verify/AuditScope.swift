import CampaignCore

/// What an audit is told beforehand: whom and what it is about, and what was allowed.
struct AuditScope {
    /// One campaign.
    struct Campaign {
        var name: String
        /// Contacts that were taken in, as whoever wrote the lists knows; nil is what the database says of its imports.
        var contacts: Int?
        /// The least time from one call of the campaign to the next; nil is any.
        var gap: Duration?
    }

    /// One instance, whatever campaigns share it.
    struct Instance {
        /// Its name, by which the database knows it.
        var name: String
        /// Z-API's id, by which the ledger knows it.
        var id: String
        /// The least time from one of its calls to the next.
        var gap: Duration
    }

    /// The campaigns of the database.
    var campaigns: [Campaign]
    /// The instances whose pace is looked at.
    var instances: [Instance] = []
    /// The phones on the do-not-call list, which were put there before the first call.
    var blocked: Set<String> = []
    /// Phones that came onto it meanwhile, with the moment since when no intent to call them may be written.
    var blockedSince: [String: Int64] = [:]
    /// How much sooner than its pace allows a call may arrive: an earlier one may have been held up on its way, by a
    /// machine that is busy.
    var arrivalTolerance = Duration.zero
}

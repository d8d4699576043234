/// One campaign as its file describes it: who is called, through which instances, how fast and within which limits.
package struct Campaign: Sendable, Equatable {
    /// The campaign's name, in the database and on the command line.
    package var name: String
    /// The contact list named in the campaign file, relative to the file; nil when `import` must be given one.
    package var contacts: String?
    /// Which columns of the list contain what; absent entries are detected from the header.
    package var columns: ColumnNames
    /// Whether a contact is called on the next phone of its row where the one before has no WhatsApp, or is refused for
    /// good.
    package var fallsBack: Bool
    /// The country calling code (DDI) for numbers written without one, such as `55`.
    package var country: String
    /// How long a call rings, in whole seconds, 1…15; a contact's own column can override it.
    package var callDuration: Int
    /// The address of the sound that whoever answers hears; a contact's own column can override it. It needs Z-API's
    /// calls contract. Nil means none.
    package var callAudioURL: String?
    /// The Z-API instances that place the calls; at least one.
    package var instances: [Instance]
    /// The pace of the whole campaign; nil means that only the instances' paces apply.
    package var pace: Pace?
    /// Its part of the calls where campaigns share an instance: one with 2 places twice as many as one with 1.
    package var share: Int
    /// Whether a run stays open for contacts that come later.
    package var follows: Bool
    /// Maximum number of requests under way at the same time, 1…256.
    package var workers: Int
    /// How long a request may take, from connecting to the last byte of the reply: 1 s…5 min.
    package var timeout: Duration
    /// How often and how far apart a call is tried.
    package var retry: RetryPolicy
    /// Whether and when somebody who did not answer is called again; nil means never.
    package var redial: RedialPolicy?
    /// What happens to a call that may have rung.
    package var inDoubt: DoubtPolicy
    /// How often each instance's `/status` is requested, 1 s…24 h.
    package var healthInterval: Duration
    /// When the campaign ends: contacts not called by then are excluded; nil means never.
    package var expires: Timestamp?
    /// When calls may ring; nil means always, which the file must say explicitly.
    package var window: CallingWindow?
    /// Whether the file says when calls may ring; otherwise ``CallingWindow/usual`` applies.
    package var hasWrittenWindow: Bool
    /// When too many failures stop the campaign; nil means never.
    package var brake: Brake?
    /// How often one person may be called, over all campaigns of the database; nil means no such limit.
    package var perPerson: PersonLimit?
    /// Its own words for opting out, beside those that are always known.
    package var optOut: OptOutLists
    /// Where the program posts what happens; nil means nowhere.
    package var notify: NotificationTarget?
    /// What Z-API does with calls while the phone is disconnected.
    package var queueWhileDisconnected: OfflineQueuePolicy
    /// How long what is about people is kept after the last that happened with them; nil means forever.
    package var retention: Duration?

    /// A campaign with the campaign file's defaults for everything else.
    package init(name: String, instances: [Instance]) {
        self.name = name
        self.instances = instances
        columns = ColumnNames()
        fallsBack = false
        country = "55"
        callDuration = 5
        share = 1
        follows = false
        workers = 8
        timeout = .seconds(30)
        retry = RetryPolicy()
        inDoubt = .hold
        healthInterval = .seconds(60)
        window = .usual
        hasWrittenWindow = false
        optOut = OptOutLists()
        queueWhileDisconnected = .refuse
    }
}

/// What happens to a call that may have rung.
package enum DoubtPolicy: String, CaseIterable, Sendable {
    /// It stays in doubt until a person, a webhook or the provider queue resolves it.
    case hold
    /// It is tried again: in this campaign a second ring does no harm.
    case retry
}

/// What Z-API does with calls while the phone is disconnected: `queueWhileDisconnected`.
package enum OfflineQueuePolicy: String, CaseIterable, Sendable {
    /// It keeps none: what it would keep, it would call at any hour once the phone is back.
    case refuse
    /// Its setting stays as it is.
    case allow
}

/// When too many failures stop a campaign: `brake: {failures: 50%, over: 20}`.
package struct Brake: Hashable, Sendable {
    /// The share of failures that stops the campaign, in percent, 1…100.
    package var failuresPercent: Int
    /// How many of the latest outcomes are counted, 1…10 000; fewer than these never stop it.
    package var over: Int

    /// A brake that stops when `failuresPercent` of the last `over` outcomes failed.
    package init(failuresPercent: Int, over: Int) {
        self.failuresPercent = failuresPercent
        self.over = over
    }
}

/// Everything that the service measures.
extension MetricDescription {
    // MARK: Calls

    package static let calls = MetricDescription(
        "discador_calls_total", .counter,
        "Calls that have ended, by outcome as it was known then; a doubt that is settled later stays one.",
        labels: ["campaign", "instance", "outcome"])
    package static let settledDoubts = MetricDescription(
        "discador_settled_doubts_total", .counter,
        "Calls that ended in doubt and turned out to have reached Z-API.", labels: ["campaign", "instance"])
    package static let answeredCalls = MetricDescription(
        "discador_answered_calls_total", .counter, "Calls that were answered, as webhooks say.",
        labels: ["campaign", "instance"])

    // MARK: Campaigns

    package static let contacts = MetricDescription(
        "discador_contacts", .gauge, "Contacts by state.", labels: ["campaign", "state"])
    package static let doubts = MetricDescription(
        "discador_doubts", .gauge, "Contacts whose call may have rung, and of whom it is not known.",
        labels: ["campaign"])
    package static let dueContacts = MetricDescription(
        "discador_due_contacts", .gauge,
        "Contacts that may be called now as far as their turn says; at least so many where it is 10000.",
        labels: ["campaign"])
    package static let oldestDue = MetricDescription(
        "discador_oldest_due_seconds", .gauge,
        "How long the contact has been due that is due longest, counted from the beginning of the run; 0: none is due.",
        labels: ["campaign"])
    package static let campaignActive = MetricDescription(
        "discador_campaign_active", .gauge, "Whether the campaign is to be dialed, paused or not.",
        labels: ["campaign"])
    package static let campaignPaused = MetricDescription(
        "discador_campaign_paused", .gauge, "Whether somebody has paused the campaign.", labels: ["campaign"])
    package static let windowOpen = MetricDescription(
        "discador_window_open", .gauge,
        "Whether the run of an active campaign does not wait for its calling window.", labels: ["campaign"])
    package static let repliesWaiting = MetricDescription(
        "discador_replies_waiting", .gauge, "Replies of people that wait for a decision.")

    // MARK: Instances

    package static let instanceHealthy = MetricDescription(
        "discador_instance_healthy", .gauge, "Whether the instance was connected when it was last checked.",
        labels: ["instance"])
    package static let callsLeftToday = MetricDescription(
        "discador_instance_calls_left_today", .gauge,
        "Calls that the daily cap or the warm-up still allows the instance today; absent: as many as its pace allows.",
        labels: ["instance"])
    package static let requestDuration = MetricDescription(
        "discador_request_duration_seconds", .histogram, "Requests to Z-API that place a call.",
        labels: ["instance"])

    // MARK: Webhooks

    package static let events = MetricDescription(
        "discador_events_total", .counter, "Webhooks that have come, by their type in Z-API's words.",
        labels: ["instance", "type"])
    package static let webhookSilence = MetricDescription(
        "discador_webhook_silence_seconds", .gauge,
        "Time since the last webhook about a call, while calls have been placed since; 0: none have.",
        labels: ["instance"])
    package static let inboxLag = MetricDescription(
        "discador_inbox_lag_seconds", .gauge,
        "Age of the oldest event that waits for the result of its call; 0: none waits, the others apply as they come.")

    // MARK: The service

    package static let commitDuration = MetricDescription(
        "discador_commit_duration_seconds", .histogram, "Transactions, from their beginning until they are on disk.")
    package static let databaseSize = MetricDescription(
        "discador_database_bytes", .gauge, "Size of the database, with its log.")
    package static let diskFree = MetricDescription(
        "discador_disk_free_bytes", .gauge, "Space left on the disk of the database.")
    package static let httpDuration = MetricDescription(
        "discador_http_request_duration_seconds", .histogram, "Requests to the dashboard.",
        labels: ["route", "code"])
    package static let scrapeDuration = MetricDescription(
        "discador_scrape_duration_seconds", .gauge, "How long it took to read these metrics.")
    package static let build = MetricDescription(
        "discador_build_info", .gauge, "Which program this is; always 1.", labels: ["version", "commit"])

    // MARK: The process, by the names of Prometheus' own clients

    package static let cpu = MetricDescription(
        "process_cpu_seconds_total", .counter, "Time of all processors that the process has used.")
    package static let residentMemory = MetricDescription(
        "process_resident_memory_bytes", .gauge, "Memory that the process has in use.")
    package static let virtualMemory = MetricDescription(
        "process_virtual_memory_bytes", .gauge, "Addresses that the process has in use.")
    package static let openFiles = MetricDescription("process_open_fds", .gauge, "Open files and connections.")
    package static let maxFiles = MetricDescription(
        "process_max_fds", .gauge, "How many files and connections may be open.")
    package static let startTime = MetricDescription(
        "process_start_time_seconds", .gauge, "When the process started, in seconds since 1970.")

    /// All of them, in the order in which they are shown.
    package static let all = [
        calls, settledDoubts, answeredCalls, contacts, doubts, dueContacts, oldestDue, campaignActive, campaignPaused,
        windowOpen, repliesWaiting, instanceHealthy, callsLeftToday, requestDuration, events, webhookSilence, inboxLag,
        commitDuration, databaseSize, diskFree, httpDuration, scrapeDuration, build, cpu, residentMemory, virtualMemory,
        openFiles, maxFiles, startTime,
    ]
}

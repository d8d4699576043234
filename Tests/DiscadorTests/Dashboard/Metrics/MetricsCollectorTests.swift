import CampaignCore
import CampaignStore
import Dashboard
import Foundation
import Testing

@testable import discador

@Suite(.fewAtATime) struct `The metrics of a service` {
    @Test func `say what the database says, and survive a restart`() async throws {
        let cli = try await CLIFixture.dialed()
        let reader = try StoreReader(path: cli.database)
        let collector = MetricsCollector(measurements: ServiceMeasurements(), database: cli.database)
        let metrics = try PrometheusText(collector.text(reader))

        var outcomes: [AttemptOutcome: Int] = [:]
        try reader.forEachAttempt(campaign: "camp") { attempt in
            if let outcome = attempt.outcome { outcomes[outcome, default: 0] += 1 }
        }
        for outcome in AttemptOutcome.allCases {
            let kept = ["iA", "iB"].compactMap { instance in
                let labels = ["campaign": "camp", "instance": instance, "outcome": outcome.rawValue]
                return metrics["discador_calls_total", labels]
            }
            #expect(kept.reduce(0, +) == Double(outcomes[outcome] ?? 0), "\(outcome)")
        }
        let counts = try cli.counts()
        for state in CallState.allCases {
            let labels = ["campaign": "camp", "state": state.rawValue]
            #expect(metrics["discador_contacts", labels] == Double(counts[state]), "\(state)")
        }
        #expect(metrics["discador_doubts", ["campaign": "camp"]] == Double(counts.inDoubt))
        #expect(metrics["discador_campaign_active", ["campaign": "camp"]] == 0)
        #expect(metrics["discador_database_bytes", [:]].map { $0 > 0 } == true)
        #expect(metrics["discador_disk_free_bytes", [:]].map { $0 > 0 } == true)
        #expect(metrics["process_open_fds", [:]].map { $0 > 2 } == true)
        #expect(metrics["process_resident_memory_bytes", [:]].map { $0 > 1_000_000 } == true)
        let started = try #require(metrics["process_start_time_seconds", [:]])
        let now = Double(SystemEnvironment.now().milliseconds) / 1000
        #expect(started < now + 1 && started > now - 7 * 86_400)
        // Another process, with nothing measured yet.
        let again = try PrometheusText(
            MetricsCollector(measurements: ServiceMeasurements(), database: cli.database).text(reader))
        #expect(again.family("discador_calls_total")?.samples == metrics.family("discador_calls_total")?.samples)

        // Figures, and the commit, may have any digits.
        let shown = metrics.families.filter { $0.name != "discador_build_info" }
        let labels = Set(shown.flatMap(\.samples).flatMap(\.labels.values))
        #expect(labels.isSuperset(of: ["camp", "iA"]))
        #expect(labels.isDisjoint(with: ["A", "B"]))
        for secret in ["4711", "4712", "1198765", "5511", "2198765", "Pessoa"] {
            #expect(!labels.contains { $0.contains(secret) }, "\(secret)")
        }
        let known = Dictionary(MetricDescription.all.map { ($0.name, $0) }) { first, _ in first }
        for family in metrics.families {
            let description = try #require(known[family.name])
            #expect(family.type == description.kind.rawValue)
            for sample in family.samples {
                #expect(Set(sample.labels.keys).subtracting(["le"]) == Set(description.labels), "\(sample)")
            }
        }
    }

    @Test func `tell due contacts of an active campaign, and since when they are due`() async throws {
        try await DatabaseFolder.during { folder in
            let store = folder.store
            let begun = Timestamp(milliseconds: 1_800_000_000_000)
            _ = try await store.importLists(campaign: "camp", file: "c.yml", now: begun) { writer in
                try writer.beginList(file: "l.csv", columns: ["telefone"])
                for index in 0..<5 {
                    let phone = try #require(PhoneNumber(value: 5_511_990_000_000 + Int64(index)))
                    try writer.add(.contact(ListContact(phone: phone, callDuration: nil, own: [phone.text])))
                }
            }
            let campaign = Campaign(
                name: "camp",
                instances: ["A", "B"].map { id in
                    var instance = Instance(name: "vendas", id: id, token: Secret("t"))
                    instance.dailyCap = id == "A" ? 30 : nil
                    return instance
                })
            _ = try await store.begin(
                RunStart(campaign: campaign, now: begun, uptime: Uptime(boot: "b", duration: .seconds(9))))
            try await store.activate(campaign: "camp", follows: false)
            var part = CampaignBatch(campaign: 0, claims: [0, 0])
            part.activity = RunActivity(word: .window)
            let later = begun.advanced(by: .seconds(40))
            _ = try await store.commit(CommitBatch(results: [], campaigns: [part], now: later))

            let measurements = ServiceMeasurements()
            measurements.requestObserver(ofInstance: "B").measure {}
            var collector = MetricsCollector(measurements: measurements, database: store.path)
            collector.now = { begun.advanced(by: .seconds(60)) }
            let metrics = try PrometheusText(collector.text(store.reader()))
            #expect(metrics["discador_due_contacts", ["campaign": "camp"]] == 3)
            #expect(metrics["discador_oldest_due_seconds", ["campaign": "camp"]] == 60)
            #expect(metrics["discador_window_open", ["campaign": "camp"]] == 0)
            #expect(metrics["discador_campaign_active", ["campaign": "camp"]] == 1)
            // Two instances of one name; only the first has a cap.
            #expect(metrics["discador_instance_calls_left_today", ["instance": "vendas"]] == 28)
            #expect(metrics["discador_instance_calls_left_today", ["instance": "vendas (2)"]] == nil)
            #expect(metrics["discador_request_duration_seconds_count", ["instance": "vendas (2)"]] == 1)
        }
    }

    @Test(arguments: [
        (Verdict.refused, 1), (.accepted(CallReceipt(zaapId: "Z", messageId: nil)), 1), (.inDoubt(.noReply), 1),
        (.notSent, 0), (.heldBack, 0),
    ])
    func `count requests that left, and no others`(verdict: Verdict, counted: Int) async throws {
        let campaign = Campaign(name: "camp", instances: [Instance(name: "vendas", id: "A", token: Secret("t"))])
        let measurements = ServiceMeasurements()
        let provider = TimedProvider(FixedProvider(verdict: verdict), of: campaign, measurements)
        let phone = try #require(PhoneNumber(value: 5_511_990_000_000))
        let reply = await provider.call(phone, seconds: 5, audio: nil, through: 0) { nil }
        #expect(reply.verdict == verdict)
        #expect(measurements.requests.all.reduce(0) { $0 + $1.counts.total } == counted)
    }

    @Test func `count each transaction`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "discador-metrics-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let measurements = ServiceMeasurements()
        let store = try CampaignStore(
            path: folder.appending(path: "discador.db").path,
            holder: .init(pid: getpid(), host: "here", command: "serve", since: Timestamp(milliseconds: 0)),
            latency: measurements.commitObserver)
        let before = measurements.commits.all[0].counts.total
        try await store.pruneSeries(before: Timestamp(milliseconds: 0))
        #expect(measurements.commits.all[0].counts.total == before + 1)
        try store.close()
    }

    @Test func `a process with any name is read`() throws {
        let status = "42 (dis) ca d) S 1 2 3 0 -1 4 5 0 0 0 150 50 0 0 20 0 9 0 1000 4096000 25 18446744073709551615 1"
        let reading = try #require(ProcessReading(status: status, machine: "cpu 1\nbtime 1800000000\nprocesses 3\n"))
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        #expect(reading.cpuSeconds == 200 / ticks)
        #expect(reading.startedAt == 1_800_000_000 + 1000 / ticks)
        #expect(reading.virtualBytes == 4_096_000 && reading.residentBytes == 25 * sysconf(Int32(_SC_PAGESIZE)))
        #expect(ProcessReading(status: "42 (x) S 1", machine: "") == nil)
    }
}

/// Always replies the same.
private struct FixedProvider: CallProvider {
    var verdict: Verdict

    func call(
        _ phone: PhoneNumber, seconds: Int, audio: String?, through instance: Int,
        unless refusal: @escaping @Sendable () -> SendRefusal?
    ) async -> CallReply { CallReply(verdict: verdict) }

    func health(of instance: Int) async -> InstanceHealth { .connected }
}

import CampaignCore
import Testing

extension CallQueueContract {
    static let results =
        [
            CallQueueContract("a result moves its contact to the state that was decided") { world in
                try await world.begun { queue in
                    let calls = try await queue.claim(5)
                    let busy = CallReply(verdict: .inDoubt(.noReply))
                    try await queue.record([
                        Sample.accepted(calls[0]),
                        Sample.result(calls[1], CallReply(verdict: .refused), .failed(.refused)),
                        Sample.result(calls[2], CallReply(verdict: .inDoubt(.noReply)), .inDoubt(.noReply)),
                        Sample.result(calls[3], busy, .retry(after: .seconds(9), counts: .attempt)),
                        Sample.result(calls[4], busy, .failed(.attemptsUsedUp)),
                    ])
                }
                let counts = try await world.opening().counts
                #expect(counts.accepted == 1 && counts.failed == 2 && counts.inDoubt == 1)
                #expect(counts.ready == contacts - 4)
            },
            CallQueueContract("a result written twice changes nothing") { world in
                try await world.begun { queue in
                    let call = try #require(try await queue.claim(1).first)
                    let result = Sample.retry(call, after: .zero)
                    try await queue.record([result, result])
                    try await queue.record([result])
                    let next = try await queue.claim(contacts, at: Sample.later(1))
                    let second = try #require(next.first { $0.phone == call.phone })
                    #expect(second.triesUsed == 1 && second.attempt.number == 2)
                    try await queue.record([Sample.accepted(second), result])
                }
                #expect(try await world.opening().counts.accepted == 1)
            },
            CallQueueContract("a late result of an earlier attempt does not move the contact") { world in
                try await world.begun { queue in
                    let first = try #require(try await queue.claim(1).first)
                    try await queue.record([Sample.retry(first, after: .zero)])
                    let next = try await queue.claim(contacts, at: Sample.later(1))
                    #expect(next.count == contacts)
                    try await queue.record([
                        Sample.result(first, CallReply(verdict: .refused), .failed(.refused))
                    ])
                }
                let counts = try await world.opening().counts
                #expect(counts.failed == 0 && counts.inDoubt == contacts)
            },
            CallQueueContract("refusals for pace are counted in a row and use up no attempt") { world in
                try await world.begun { queue in
                    var call = try #require(try await queue.claim(contacts).first)
                    for row in 1...3 {
                        try await queue.record([
                            Sample.result(
                                call, CallReply(verdict: .throttled(retryAfter: nil)),
                                .retry(after: .zero, counts: .throttle))
                        ])
                        call = try #require(try await queue.claim(1, at: Sample.later(1)).first)
                        #expect(call.throttlesInARow == row && call.triesUsed == 0)
                        #expect(call.attempt.number == row + 1)
                    }
                }
            },
            CallQueueContract("a task that is cancelled still writes") { world in
                try await world.begun { queue in
                    let calls = try await queue.claim(2)
                    let results = calls.map { Sample.accepted($0) }
                    let written = await Task {
                        withUnsafeCurrentTask { $0?.cancel() }
                        #expect(Task.isCancelled)
                        return await Result { try await queue.commit(Sample.batch(results: results, claims: 1)) }
                    }.value
                    #expect(try written.get().calls.count == 1)
                }
                let counts = try await world.opening().counts
                #expect(counts.accepted == 2 && counts.inDoubt == 1)
            },
        ]
        + (1...6).map { seed in
            CallQueueContract("the states add up after any sequence of results and claims (\(seed))") { world in
                try await world.randomRun(seed: seed)
            }
        }
}

extension CallQueueFixture {
    /// A run of random claims and results, compared with a simple model of it.
    fileprivate func randomRun(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        var model = StateCounts()
        model.ready = CallQueueContract.contacts
        var underWay: [ClaimedCall] = []
        for session in 0..<4 {
            let found = try await opening().counts
            while model.dialing > 0 { model.move(from: .dialing, to: .inDoubt) }
            #expect(found == model, "session \(session)")
            underWay = []
            try await begun { queue in
                for step in 0..<15 {
                    underWay.shuffle(using: &random)
                    let ended = underWay.suffix(Int.random(in: 0...underWay.count, using: &random))
                    underWay.removeLast(ended.count)
                    let results = ended.map { Sample.random($0, &random) }
                    for result in results { model.move(from: .dialing, to: result.state) }
                    var claims: [Int] = []
                    for _ in 0..<Int.random(in: 0...4, using: &random) {
                        claims.append(Int.random(in: 0...1, using: &random))
                    }
                    let commit = try await queue.commit(
                        Sample.batch(results: results, through: claims, at: Sample.later(session * 100 + step)))
                    for _ in commit.calls { model.move(from: .ready, to: .dialing) }
                    underWay += commit.calls
                    #expect(model.total == CallQueueContract.contacts)
                    #expect(commit.rest == .empty ? model.ready == 0 : true)
                }
            }
        }
    }
}

extension Sample {
    /// Any result at all of a call.
    fileprivate static func random(_ call: ClaimedCall, _ random: inout SplitMix64) -> AttemptResult {
        let wait = Duration.seconds(Int.random(in: 0...30, using: &random))
        switch Int.random(in: 0...6, using: &random) {
        case 0: return accepted(call)
        case 1: return result(call, CallReply(verdict: .refused), .failed(.refused))
        case 2: return result(call, CallReply(verdict: .inDoubt(.noReply)), .inDoubt(.noReply))
        case 3:
            return result(
                call, CallReply(verdict: .throttled(retryAfter: wait)), .retry(after: wait, counts: .throttle))
        case 4: return result(call, CallReply(verdict: .notSent), .retry(after: .zero, counts: .nothing))
        default: return retry(call, after: wait)
        }
    }
}

extension Result where Failure == any Error {
    /// What an asynchronous piece of work gave.
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}

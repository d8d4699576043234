import CampaignCore
import CampaignStore
import Dashboard
import HTTPTypes

/// What went wrong, as the API tells it.
enum APIFailure {
    /// Does something, and translates its errors.
    static func translating<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch {
            throw translated(error)
        }
    }

    static func translated(_ error: any Error) -> any Error {
        switch error {
        case is DashboardError, is RequestRefusal: return error
        case StoreError.unknownCampaign: return unknownCampaign
        // Nothing was done.
        case InterruptedOperation.beingCancelled(let campaign):
            return DashboardError(
                .conflict, "not-now", InterruptedOperation.beingCancelled(campaign: campaign).phrase)
        // Some of it was done.
        case let error as InterruptedOperation:
            return DashboardError(.serviceUnavailable, "interrupted", error.phrase)
        default:
            guard let failure = Failure(error) else { return error }
            return refusal(failure) ?? failure
        }
    }

    /// Nil for what nobody could foresee.
    private static func refusal(_ failure: Failure) -> DashboardError? {
        switch failure.exit {
        case .usage, .badInput: .invalid(failure.message)
        case .held, .notNow, .stopped, .finishedWithFailures: DashboardError(.conflict, "not-now", failure.message)
        case .disk, .unreachable, .interrupted: DashboardError(.serviceUnavailable, "unavailable", failure.message)
        case .success, .unexpected: nil
        }
    }

    static let unknownCampaign = DashboardError(
        .notFound, "unknown-campaign",
        Phrase("There is no campaign of that name.", "Não há campanha com esse nome."))

    static let unknownCursor = RequestRefusal("cursor", "Send `next` of the page before, from the same address.")
}

extension StoreReader {
    /// Throws when there is no campaign of this name.
    func requireCampaign(_ name: String) throws {
        // A database has few.
        guard try campaigns().contains(where: { $0.name == name }) else { throw APIFailure.unknownCampaign }
    }

    /// The filter of an expression; nil when there is none.
    func filter(_ expression: String?, of campaign: String) throws -> ContactFilter? {
        guard let expression else { return nil }
        let zone = try timeZone(of: campaign)
        let reading = FilterContext(
            columns: try ownColumns(campaign: campaign), phones: try APIPhone.reader(),
            utcOffset: { zone.utcOffset(at: $0) })
        do throws(FilterError) {
            return try ContactFilter(parsing: expression, reading)
        } catch {
            throw RequestRefusal("where", Phrase(of: error).english)
        }
    }
}

/// Phones as programs write them.
enum APIPhone {
    /// For numbers without a country.
    private static let country = "55"

    static func reader() throws -> PhoneReader {
        guard let reader = PhoneReader(country: country) else {
            throw RequestRefusal("phone", "Numbers cannot be read here.")
        }
        return reader
    }

    /// - Parameter field: where it stands in the request.
    static func number(_ text: String, field: String) throws -> PhoneNumber {
        if text.hasSuffix("@lid"), let number = PhoneNumber(text: text) { return number }
        switch try reader().read(text) {
        case .success(let number): return number
        case .failure(let problem):
            throw RequestRefusal(field, "This is not a phone number. \(problem.remedy.english)")
        }
    }
}

import CampaignCore

/// The keys of an entry of `instances`.
enum InstanceKey: String, SectionKey {
    case name, id, token, clientToken, baseURL, pace, dailyCap, warmup
}

extension Section where Key == InstanceKey {
    /// The instance. It is whole only if nothing was reported: what is wrong is left empty.
    func instance(_ reading: inout Reading) -> Instance {
        let name = required(.name, remedy: "give the instance a name of its own, such as sales", &reading)?
            .name(&reading)
        let id = required(.id, remedy: "write the id that Z-API shows, or a ${VARIABLE}", &reading)?
            .text(expected: "the id that Z-API shows, or a ${VARIABLE}", &reading)
            .flatMap { $0.sendable(inPath: true, &reading) }
        let token = required(.token, remedy: "write ${ZAPI_INSTANCE_TOKEN} and set that variable", &reading)?
            .secret(example: "ZAPI_INSTANCE_TOKEN", &reading)
            .flatMap { $0.sendable(inPath: true, &reading) }
        var instance = Instance(name: name?.value ?? "", id: id ?? "", token: Secret(token ?? ""))
        instance.clientToken = self[.clientToken]?
            .secret(example: "ZAPI_CLIENT_TOKEN", &reading)
            .flatMap { $0.sendable(inPath: false, &reading) }
            .map(Secret.init)
        // With a wrong address there is nothing to hold against the pace.
        let isLoopback: Bool?
        if self[.baseURL] != nil {
            let address = address(&reading)
            instance.baseURL = address?.text ?? instance.baseURL
            isLoopback = address?.isLoopback
        } else {
            isLoopback = false
        }
        instance.pace = self[.pace]?.instancePace(isLoopback: isLoopback, &reading) ?? instance.pace
        instance.dailyCap = self[.dailyCap]?.integer(in: 1...1_000_000, &reading)
        instance.warmup = self[.warmup]?.warmup(&reading) ?? []
        return instance
    }

    private func address(_ reading: inout Reading) -> BaseAddress? {
        let text = self[.baseURL]?.text(expected: "an address such as https://api.z-api.io", &reading)
        guard let text else { return nil }
        do throws(BaseAddress.Fault) {
            return try BaseAddress(text.value)
        } catch {
            reading.report(error.message, at: text.place, remedy: error.remedy)
            return nil
        }
    }
}

extension Value {
    /// The name of the campaign or of an instance: it becomes part of file names, reports and commands.
    func name(_ reading: inout Reading) -> Text? {
        let rule = "up to 64 letters (a-z), digits, -, _ or ., a letter or digit first"
        guard let text = text(expected: rule, &reading) else { return nil }
        guard text.value.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._-]{0,63}/) != nil else {
            text.report("is no usable name", remedy: "write \(rule)", &reading)
            return nil
        }
        return text
    }

    /// The ladder of a new number: calls a day, and never fewer than the day before.
    fileprivate func warmup(_ reading: inout Reading) -> [Int]? {
        guard let steps = list(expected: "a list such as [20, 50, 100]", &reading) else { return nil }
        let counts = steps.map { $0.integer(in: 1...1_000_000, &reading) }
        for (index, step) in steps.enumerated().dropFirst() {
            guard let before = counts[index - 1], let count = counts[index], count < before else { continue }
            reading.report(
                "this is fewer than on the day before",
                at: step.place,
                remedy: "write a list that does not shrink"
            )
        }
        return counts.compactMap(\.self)
    }
}

extension Text {
    /// The value, when it can be sent as it is: in the path of a request, or else in a header. It is never shown.
    fileprivate func sendable(inPath: Bool, _ reading: inout Reading) -> String? {
        let isSendable = value.utf8.allSatisfy { byte in
            (0x21...0x7e).contains(byte) && !(inPath && "/?#%\\".utf8.contains(byte))
        }
        guard isSendable else {
            reading.report(
                "the value holds a space or another character that Z-API's ids and tokens do not have",
                at: place,
                remedy: "copy it again from Z-API's panel"
            )
            return nil
        }
        return value
    }
}

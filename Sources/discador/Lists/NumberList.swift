import CampaignCore

/// Reads the numbers of a CSV file, as an import would.
struct NumberList {
    let reading: ListReader.Options

    /// The numbers of a file, in its order; rows without one are noted as bad.
    func numbers(in file: ListFile, _ bad: BadRowCount) throws -> [PhoneNumber] {
        var source = try ByteSource(file)
        var list = ListReader(file: file.name, options: reading, sample: try source.read())
        var numbers: [PhoneNumber] = []
        var hasBegun = false
        while true {
            while let row = try list.next() {
                if !hasBegun, let skipped = list.skipped { bad.note(skipped, of: file.name) }
                hasBegun = true
                switch row {
                case .contact(let contact): numbers.append(contact.phone)
                case .reject(let reject): bad.note(reject, of: file.name)
                case .blank: break
                }
            }
            guard !list.isFinished else { return numbers }
            list.append(try source.read())
        }
    }
}

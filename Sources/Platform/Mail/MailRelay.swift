import Transfer

/// The relay that takes our mails: one letter, one recipient, one answer.
package struct MailRelay: Sendable {
  private let transfer: SMTPTransfer

  package init(
    _ server: SMTPTransfer.Server,
    limits: TransferLimits = TransferLimits(),
    trust: TransferTrust = .system
  ) {
    transfer = SMTPTransfer(server, limits: limits, trust: trust)
  }

  /// Answers what the relay said of it, its queue id mostly. Throws `SMTPError`.
  package func send(_ message: MailMessage) async throws -> String {
    try await transfer.deliver(
      from: message.sender.mailbox,
      to: [message.recipient.mailbox],
      letter: message.bytes
    )
  }
}

import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Ends connections that would otherwise last as long as the other end likes: those on which we said `Connection: close`
/// while a body was still coming, and those whose other end does not read what we send.
final class LingeringClose: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  /// Enough for the answer to arrive before the connection is cut under a browser that is still sending.
  private let farewell = TimeAmount.seconds(3)
  private let stall = TimeAmount.seconds(60)
  private var isLast = false
  private var stalled: Scheduled<Void>?

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(let head): isLast = head.headerFields[.connection] == "close"
    case .end where isLast:
      let channel = context.channel
      context.eventLoop.scheduleTask(in: farewell) { channel.close(promise: nil) }
    default: break
    }
    context.write(data, promise: promise)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    stalled?.cancel()
    stalled = nil
    let channel = context.channel
    if !channel.isWritable { stalled = context.eventLoop.scheduleTask(in: stall) { channel.close(promise: nil) } }
    context.fireChannelWritabilityChanged()
  }

  func channelInactive(context: ChannelHandlerContext) {
    stalled?.cancel()
    context.fireChannelInactive()
  }
}

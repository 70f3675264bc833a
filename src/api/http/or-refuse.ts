import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from "fastify";

/** A hook whose exceptions are answers. One that needs no waiting costs none. */
export function orRefuse(hook: (request: FastifyRequest) => void | Promise<void>) {
  return (request: FastifyRequest, _reply: FastifyReply, done: HookHandlerDoneFunction): void => {
    try {
      const waiting = hook(request);
      if (waiting === undefined) done();
      else
        waiting.then(
          () => done(),
          (error: Error) => done(error),
        );
    } catch (error) {
      done(error as Error);
    }
  };
}

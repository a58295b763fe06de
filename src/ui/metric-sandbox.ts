/**
 * The page's end of `metric-sandbox.html`, where the person's own metric runs: a frame with an origin of its own and a
 * policy that lets nothing in or out, and in it a worker that is ended when it takes too long. A worker of the page
 * would have the page's origin, and no policy at all.
 */
import { AppError } from '../core/errors.ts';
import { checkedVerdict, type AnswerForCode, type CodeVerdict } from '../core/evaluate/code-metric.ts';

/** Milliseconds until a frame that says nothing counts as missing. */
const startLimit = 20_000;

interface Frame {
  readonly element: HTMLIFrameElement;
  readonly port: MessagePort;
}

function startFrame(): Promise<Frame> {
  const element = document.createElement('iframe');
  element.setAttribute('sandbox', 'allow-scripts');
  element.setAttribute('aria-hidden', 'true');
  element.hidden = true;
  element.src = new URL('./metric-sandbox.html', document.baseURI).href;
  const { port1: port, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      element.remove();
      const words = 'The place where your own metric runs could not be opened, so no code can be run.';
      reject(new AppError('unsupported', words));
    }, startLimit);
    port.onmessage = () => {
      clearTimeout(timer);
      resolve({ element, port });
    };
    element.onload = () => element.contentWindow?.postMessage('start', '*', [port2]); // its origin is none that could be named
    document.body.append(element);
  });
}

export class MetricSandbox {
  #frame: Promise<Frame> | null = null;
  readonly #waiting = new Map<number, (verdict: CodeVerdict) => void>();
  #nextId = 0;

  /** @throws AppError `unsupported` when there is no sandbox; what the code does wrong is a verdict */
  async score({ code, ...values }: AnswerForCode): Promise<CodeVerdict> {
    return this.#ask(code, values);
  }

  async #ask(code: string, values: Omit<AnswerForCode, 'code'> | null): Promise<CodeVerdict> {
    const { port } = await this.#open();
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      port.postMessage({ id, request: { code, values } });
    });
  }

  /** What is wrong with how the code is written; null when it compiles. Nothing of it is run. */
  async fault(code: string): Promise<string | null> {
    const verdict = await this.#ask(code, null);
    return 'failure' in verdict ? verdict.failure : null;
  }

  close(): void {
    void this.#frame?.then(({ element, port }) => {
      port.close();
      element.remove();
    });
    this.#frame = null;
  }

  #open(): Promise<Frame> {
    this.#frame ??= startFrame().then(
      (frame) => {
        frame.port.onmessage = ({ data }: MessageEvent<{ id: number; reply: unknown }>) => {
          this.#waiting.get(data.id)?.(checkedVerdict(data.reply));
          this.#waiting.delete(data.id);
        };
        return frame;
      },
      (error: unknown) => {
        this.#frame = null;
        throw error;
      },
    );
    return this.#frame;
  }
}

/** The same in a sandbox of its own. */
export async function faultOf(code: string): Promise<string | null> {
  const sandbox = new MetricSandbox();
  try {
    return await sandbox.fault(code);
  } finally {
    sandbox.close();
  }
}
